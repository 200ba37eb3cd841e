namespace AspireK8sDeployer.EmbeddedCluster.Store;

/// <summary>Reads a file line by line, however long it is.</summary>
internal static class JournalLines
{
    /// <summary>The whole lines, without their ends; each is good until the next one is asked for. What has no end is left out.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var (start, end) = (0, 0);
        while (true)
        {
            for (int length; (length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) >= 0; start += length + 1)
            {
                yield return buffer.AsMemory(start, length);
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                yield break;
            }

            end += read;
        }
    }
}
