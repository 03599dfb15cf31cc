using System.Diagnostics.CodeAnalysis;
using LiveViz.Server.Sources.Sparkplug.Wire;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>What is known of an edge node since its birth.</summary>
internal sealed class SparkplugNode
{
    private readonly Dictionary<(string Device, string Name), SparkplugMetric> _byName = [];
    private readonly Dictionary<ulong, SparkplugMetric> _byAlias = [];
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);
    private byte _due;

    /// <summary>Whether its birth has come, and no death since.</summary>
    public bool IsBorn { get; private set; }

    /// <summary>The number of its birth, by which its death is told from that of an earlier life; null where it gave none.</summary>
    public ulong? BirthSequence { get; private set; }

    /// <summary>When it was last asked for a rebirth.</summary>
    public DateTime Asked { get; set; }

    /// <summary>How much is kept of it: metrics and devices.</summary>
    public int Size => _byName.Count + _devices.Count;

    /// <summary>Begins its life.</summary>
    public void Bear(ulong? birthSequence, ulong sequence)
    {
        Forget();
        IsBorn = true;
        BirthSequence = birthSequence;
        _due = (byte)(sequence + 1);
    }

    /// <summary>Ends it.</summary>
    /// <returns>The metrics it had.</returns>
    public IReadOnlyList<SparkplugMetric> Bury()
    {
        SparkplugMetric[] metrics = [.. _byName.Values];
        Forget();
        return metrics;
    }

    /// <summary>Begins a device's life.</summary>
    public void BearDevice(string device)
    {
        BuryDevice(device);
        _devices.Add(device);
    }

    /// <summary>Ends it.</summary>
    /// <returns>The metrics it had.</returns>
    public IReadOnlyList<SparkplugMetric> BuryDevice(string device)
    {
        _devices.Remove(device);
        SparkplugMetric[] metrics = [.. _byName.Values.Where(metric => metric.Device == device)];
        foreach (var name in _byName.Keys.Where(key => key.Device == device).ToList())
        {
            _byName.Remove(name);
        }

        foreach (var alias in _byAlias.Where(entry => entry.Value.Device == device).Select(entry => entry.Key).ToList())
        {
            _byAlias.Remove(alias);
        }

        return metrics;
    }

    /// <summary>Whether a device's birth has come, and no death since; the node itself is the device "".</summary>
    public bool Has(string device) => IsBorn && (device.Length == 0 || _devices.Contains(device));

    /// <summary>Takes the number of a message; says whether it is the one that was due.</summary>
    /// <param name="sequence">The number.</param>
    /// <param name="due">The one that was due.</param>
    public bool Follows(ulong sequence, out byte due)
    {
        due = _due;
        _due = (byte)(sequence + 1);
        return sequence == due;
    }

    /// <summary>Takes in a metric that a birth defines.</summary>
    public void Define(Metric written, SparkplugMetric metric)
    {
        _byName[(metric.Device, written.Name)] = metric;
        if (written.HasAlias)
        {
            _byAlias[written.Alias] = metric;
        }
    }

    /// <summary>Finds the metric that data is of, by its alias or its name.</summary>
    public bool TryFind(Metric written, string device, [NotNullWhen(true)] out SparkplugMetric? metric) =>
        !string.IsNullOrEmpty(written.Name)
            ? _byName.TryGetValue((device, written.Name), out metric)
            : _byAlias.TryGetValue(written.Alias, out metric) && written.HasAlias && metric.Device == device;

    private void Forget()
    {
        IsBorn = false;
        _byName.Clear();
        _byAlias.Clear();
        _devices.Clear();
    }
}
