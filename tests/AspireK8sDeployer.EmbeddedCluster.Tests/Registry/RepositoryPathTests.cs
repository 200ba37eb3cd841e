using AspireK8sDeployer.EmbeddedCluster.Registry;

namespace AspireK8sDeployer.EmbeddedCluster.Tests.Registry;

public class RepositoryPathTests
{
    [Theory]
    [InlineData("app/manifests/1.0", "app", "manifests", "1.0")]
    [InlineData("team/app/blobs/sha256:x", "team/app", "blobs", "sha256:x")]
    [InlineData("app/blobs/uploads/", "app", "uploads", "")]
    [InlineData("app/blobs/uploads/abc", "app", "uploads", "abc")]
    [InlineData("app/tags/list", "app", "tags", "")]
    public void PathsOfTheSpecification_AreTakenApart(string path, string repository, string kind, string reference) =>
        Assert.Equal(new RepositoryPath(repository, kind, reference), RepositoryPath.Parse(path));

    [Theory]
    [InlineData("../etc/manifests/1")]
    [InlineData("app/manifests/../../x")]
    [InlineData("app/manifests/..")]
    [InlineData("App/manifests/1")]
    [InlineData("/manifests/1")]
    [InlineData("app/tags/other")]
    [InlineData("app")]
    public void WhatCouldLeaveTheStore_IsNoPath(string path) => Assert.Null(RepositoryPath.Parse(path));
}
