using System.ComponentModel.DataAnnotations;
using AspireK8sDeployer.Serving.Tests.Shared;

namespace AspireK8sDeployer.Serving.Tests.Binding;

public class AnnotationTests
{
    private static readonly Delegate Order = (
        [Range(1, 10)] int count,
        [StringLength(5, MinimumLength = 2)] string code,
        [Required] string? reason,
        Customer customer,
        [MaxLength(2)] Customer[]? others = null) => "ordered";

    [Fact]
    public async Task ValuesWithinTheirLimits_Pass()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Order);

        var answer = await pipeline.InvokeAsync(
            """{"count":10,"code":"abc","reason":"why","customer":{"email":"ada@example.com","age":36},"others":[]}""");

        Assert.Equal((200, """{"output":"ordered"}"""), (answer.Status, answer.Outputs));
    }

    [Fact]
    public async Task EveryBrokenLimit_IsNamed_AlsoInsideRecords()
    {
        await using var pipeline = await ServedPipeline.StartAsync(Order);

        var answer = await pipeline.InvokeAsync(
            """
            {"count":11,"code":"a","reason":"","customer":{"email":"ada","age":-1},
             "others":[{"email":"a@b","age":1},{"email":"a@b","age":200,"nick":"x"},{"email":"","age":1}]}
            """);

        Assert.Equal(
            """
            count: The field count must be between 1 and 10.
            code: The field code must be a string with a minimum length of 2 and a maximum length of 5.
            reason: The reason field is required.
            customer.email: The email field is not a valid e-mail address.
            customer.age: The field age must be between 0 and 150.
            others: The field others must be a string or array type with a maximum length of '2'.
            others[1].age: The field age must be between 0 and 150.
            others[1].nick: nicknames have 2 letters or more
            others[2].email: The email field is not a valid e-mail address.
            """,
            answer.Errors);
    }

    [Fact]
    public async Task TypeThatValidatesItself_IsAsked()
    {
        await using var pipeline = await ServedPipeline.StartAsync((Period period) => "ok");

        var answer = await pipeline.InvokeAsync("""{"period":{"from":"2026-02-01","to":"2026-01-01"}}""");

        Assert.Equal("period: ends before it starts", answer.Errors);
    }

    private sealed record Customer([EmailAddress] string Email, [property: Range(0, 150)] int Age)
    {
        [MinLength(2, ErrorMessage = "nicknames have 2 letters or more")]
        public string? Nick { get; init; }
    }

    private sealed record Period(DateOnly From, DateOnly To) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (To < From)
            {
                yield return new ValidationResult("ends before it starts");
            }
        }
    }
}
