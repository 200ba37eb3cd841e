namespace AspireK8sDeployer.EmbeddedCluster; internal static class Program { private static int Main() => 0; }
