using System.Net;

namespace AspireK8sDeployer.EmbeddedCluster.Network;

/// <summary>Where a connection to a Service port may go.</summary>
internal readonly record struct Endpoint(IPEndPoint Address, bool Ready, bool Serving, bool Terminating);
