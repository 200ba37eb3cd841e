using System.Text.Json.Nodes;
using AspireK8sDeployer.EmbeddedCluster.Resources;

namespace AspireK8sDeployer.EmbeddedCluster.Discovery;

/// <summary>The OpenAPI document of one group version: what clients look up before they apply, patch and explain.</summary>
internal static class OpenApiDocument
{
    private static readonly string[] PatchTypes =
    [
        "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml",
    ];

    public static JsonObject Create(IReadOnlyList<ResourceDefinition> rows)
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var row in rows.OrderBy(row => row.Plural, StringComparer.Ordinal))
        {
            var schema = schemas.Add(row);
            var root = row.Group.Length == 0 ? $"/api/{row.Version}" : $"/apis/{row.ApiVersion}";
            var collection = row.Namespaced ? $"{root}/namespaces/{{namespace}}/{row.Plural}" : $"{root}/{row.Plural}";
            paths[collection] = Collection(row, schema);
            if (row.Verbs.Contains("get"))
            {
                paths[$"{collection}/{{name}}"] = One(row, schema);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.Text },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Components },
        };
    }

    private static JsonObject Collection(ResourceDefinition row, JsonObject schema)
    {
        var path = new JsonObject();
        Add("list", "get", "list", null);
        Add("create", "post", "post", schema);
        return path;

        void Add(string verb, string method, string action, JsonObject? body)
        {
            if (row.Verbs.Contains(verb))
            {
                path[method] = Operation(row, action, body is null ? null : ["application/json", "application/yaml"], body);
            }
        }
    }

    private static JsonObject One(ResourceDefinition row, JsonObject schema)
    {
        var path = new JsonObject { ["get"] = Operation(row, "get", null, null, schema) };
        if (row.Verbs.Contains("update"))
        {
            path["put"] = Operation(row, "put", ["application/json", "application/yaml"], schema, schema);
        }

        if (row.Verbs.Contains("patch"))
        {
            var types = row.CustomVersion is null ? PatchTypes : PatchTypes.Where(type => !type.Contains("strategic", StringComparison.Ordinal));
            path["patch"] = Operation(row, "patch", types, new JsonObject { ["type"] = "object" }, schema);
        }

        if (row.Verbs.Contains("delete"))
        {
            path["delete"] = Operation(row, "delete", null, null);
        }

        return path;
    }

    private static JsonObject Operation(
        ResourceDefinition row, string action, IEnumerable<string>? bodyTypes, JsonObject? body, JsonObject? answer = null)
    {
        var operation = new JsonObject
        {
            ["operationId"] = $"{action}{row.Version}{(row.Namespaced ? "Namespaced" : "")}{row.Kind}{row.Group}",
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = OpenApiSchemas.Kind(row.Group, row.Version, row.Kind),
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = "OK",
                    ["content"] = answer is null ? [] : new JsonObject { ["application/json"] = new JsonObject { ["schema"] = answer.DeepClone() } },
                },
            },
        };
        if (bodyTypes is not null && body is not null)
        {
            var content = new JsonObject();
            foreach (var type in bodyTypes)
            {
                content[type] = new JsonObject { ["schema"] = body.DeepClone() };
            }

            operation["requestBody"] = new JsonObject { ["content"] = content };

            // By these clients tell whether the server checks fields itself.
            operation["parameters"] = new JsonArray(Query("dryRun"), Query("fieldManager"), Query("fieldValidation"), Query("force"));
        }

        return operation;
    }

    private static JsonObject Query(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = name == "force" ? "boolean" : "string", ["uniqueItems"] = true },
    };
}
