namespace AspireK8sDeployer.Engine.Tests.Settings.Table;

/// <summary>What every setting becomes: value in, field and value out.</summary>
internal static partial class RenderedSettings
{
    public static IEnumerable<RenderedSetting> All => new[] { Core, Scaling, Access, Pod }.SelectMany(table => table);
}
