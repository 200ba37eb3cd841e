using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class PipelineSummary
{
    private readonly List<PipelineSummaryItem> _items = [];
    private readonly Lock _lock = new();

    public ReadOnlyCollection<PipelineSummaryItem> Items
    {
        get
        {
            lock (_lock)
            {
                return new([.. _items]);
            }
        }
    }

    public void Add(string key, string value) => Add(new PipelineSummaryItem(key, value, enableMarkdown: false));

    public void Add(string key, MarkdownString value) => Add(new PipelineSummaryItem(key, value?.Value!, enableMarkdown: true));

    // Steps run in parallel.
    private void Add(PipelineSummaryItem item)
    {
        lock (_lock)
        {
            _items.Add(item);
        }
    }
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class PipelineSummaryItem(string key, string value, bool enableMarkdown)
{
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));

    public string Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    public bool EnableMarkdown { get; } = enableMarkdown;
}

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class MarkdownString(string value)
{
    public string Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    public override string ToString() => Value;
}
