using System.Runtime.CompilerServices;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// A plausible factory that nobody has to build: 24 sensors in four areas that move together, with noise and
/// faults that come and go. The same seed and start give the same samples.
/// </summary>
internal sealed class SimulatedSource(SimulatedOptions options, TimeProvider time, ILogger<SimulatedSource> logger) : ISensorSource
{
    // At high rates samples go out in batches this far apart: below what an eye sees, and far above a timer's cost.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc />
    public IReadOnlyCollection<Sensor> Sensors { get; } =
        [.. Enumerable.Range(1, options.Copies).SelectMany(Factory.Describe)];

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Built first: the time it takes is not to be caught up with.
        var factories = Enumerable.Range(1, options.Copies).Select(copy => new Factory(copy, options)).ToArray();
        var grid = new SampleGrid(time.GetUtcNow().UtcDateTime, options.Rate);
        while (true)
        {
            var apart = grid.Take(time.GetUtcNow().UtcDateTime, out var number);
            Report(apart);
            for (; number < grid.Next; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var timestamp = grid.TimeOf(number);
                var (step, fraction) = StepOf(number);
                foreach (var factory in factories)
                {
                    factory.MoveTo(step);
                    for (var i = 0; i < factory.Instruments.Length; i++)
                    {
                        var instrument = factory.Instruments[i];
                        if (instrument.TryRead(number, step, fraction, out var value, out var quality))
                        {
                            yield return new DataPoint(instrument.Sensor.Id, timestamp, value, quality);
                        }
                    }
                }
            }

            var wait = grid.UntilNext(time.GetUtcNow().UtcDateTime);
            await Task.Delay(wait < ShortestWait ? ShortestWait : wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Whole seconds apart from the rest, so that the product cannot overflow.
    private (long Step, double Fraction) StepOf(long number)
    {
        var (seconds, samples) = Math.DivRem(number, options.Rate);
        var (steps, rest) = Math.DivRem(samples * FactoryModel.StepsPerSecond, options.Rate);
        return ((seconds * FactoryModel.StepsPerSecond) + steps, (double)rest / options.Rate);
    }

    private void Report(TimeSpan apart)
    {
        if (apart > TimeSpan.Zero)
        {
            logger.LogWarning("The simulated factory was held up for {Pause}; the samples of that time are lost.", apart);
        }
        else if (apart < TimeSpan.Zero)
        {
            logger.LogWarning("The clock was set back by {Step}; the simulated factory goes on from there.", apart.Negate());
        }
    }
}
