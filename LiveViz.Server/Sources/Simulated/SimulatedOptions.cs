using System.ComponentModel.DataAnnotations;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Simulated;

/// <summary>Settings of a simulated factory.</summary>
internal sealed class SimulatedOptions : SourceOptions
{
    /// <summary>
    /// Fixes everything that is random: the same seed gives the same factory with the same faults.
    /// Default 1: what one operator sees after a start, every other sees too.
    /// </summary>
    public int Seed { get; set; } = 1;

    /// <summary>
    /// Samples a second of each sensor, 1 to 1000. Default 20: smooth to the eye, and easy on any machine.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "must be a whole number of samples a second from 1 to 1000")]
    public int Rate { get; set; } = 20;

    /// <summary>
    /// Mean time in seconds from the start of one fault to the start of the next, across a factory's 24 sensors;
    /// 0 for no faults, up to 86400 (a day). Default 45: the first one comes within 72 s, and most of the time
    /// no more than one sensor of 24 is ill.
    /// </summary>
    [Range(0.0, 86400.0, ErrorMessage = "must be a number of seconds from 0 (no faults) to 86400 (a day)")]
    public double MeanTimeBetweenFaults { get; set; } = 45;

    /// <summary>
    /// How many such factories there are, 1 to 50, each with 24 sensors, faults and a course of its own.
    /// Default 1; more are for load.
    /// </summary>
    [Range(1, 50, ErrorMessage = "must be a whole number of factories from 1 to 50")]
    public int Copies { get; set; } = 1;
}
