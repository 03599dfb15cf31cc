namespace LiveViz.Server.History.Http;

/// <summary>A form in which a sensor's past is answered. What is written stands in the answer's buffer until it is flushed.</summary>
internal interface IHistoryForm : IDisposable
{
    /// <summary>Its media type.</summary>
    string ContentType { get; }

    /// <summary>Begins an answer of samples.</summary>
    void BeginSamples(HistoryHead head);

    /// <summary>A sample.</summary>
    void Sample(long ticks, double value, Quality quality);

    /// <summary>Begins an answer of buckets of a width.</summary>
    void BeginBuckets(HistoryHead head, long bucketTicks);

    /// <summary>A bucket, with the time at which it begins.</summary>
    void Bucket(long fromTicks, in Rollup rollup);

    /// <summary>Ends the answer.</summary>
    void End();
}
