using System.Buffers;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Server.Sources.Tcp;

/// <summary>Makes samples of what has come over a connection.</summary>
/// <param name="splitter">The connection's own.</param>
/// <param name="buffer">What has come; shortened by what was read.</param>
/// <param name="isFinal">Whether that is all there will be.</param>
/// <param name="into">Where the samples are added.</param>
/// <param name="most">How many there should be at most before it returns.</param>
/// <returns>Whether it returned for that, and there may be more.</returns>
internal delegate bool TcpParse(LineSplitter splitter, ref ReadOnlySequence<byte> buffer, bool isFinal, PointBatch into, int most);
