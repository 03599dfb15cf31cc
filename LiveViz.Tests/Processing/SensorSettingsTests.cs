using LiveViz.Server;

namespace LiveViz.Tests.Processing;

public class SensorSettingsTests
{
    [Fact]
    public void All_that_match_are_for_a_sensor_and_the_later_counts()
    {
        var plant = new ProcessedPlant("""
            [
              { "Sensor": "pump-*", "Group": "Pumps", "Unit": "l/s", "StaleAfter": "00:01:00" },
              { "Sensor": "pump-*/flow", "Unit": "m³/h", "Range": { "Low": 0, "High": 100 } },
              { "Sensor": "pump-1/flow", "Name": "Flow of pump 1", "Normal": { "Low": 20, "High": 80 }, "Resolution": 0.1 },
              { "Sensor": "*", "Group": "All" },
              { "Sensor": "PUMP-*", "Unit": "wrong case" }
            ]
            """);
        plant.Send("pump-1/flow", 0, 1);
        plant.Send("xpump-1/flow", 0, 1);

        Assert.Equal(
            new Sensor
            {
                Id = "pump-1/flow", Name = "Flow of pump 1", Unit = "m³/h", Group = "All", Source = "source", StaleAfter = TimeSpan.FromMinutes(1),
                Range = new ValueRange(0, 100), Normal = new ValueRange(20, 80), Resolution = 0.1,
            },
            plant.Sensor("pump-1/flow"));
        Assert.Equal(new Sensor { Id = "xpump-1/flow", Group = "All", Source = "source" }, plant.Sensor("xpump-1/flow"));
    }

    [Fact]
    public void Pattern_stands_for_any_characters_and_nothing_else_in_it_does()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a.b*[c]", "Unit": "x" } ]""");
        foreach (var id in new[] { "a.b[c]", "a.b/1 2\\3*[c]", "a.bé[c]", "aXb[c]", "a.bc", "a.b[c]d" })
        {
            plant.Send(id, 0, 1);
        }

        Assert.Equal(["a.b[c]", "a.b/1 2\\3*[c]", "a.bé[c]"], plant.Log.All.Select(series => series.Sensor).Where(sensor => sensor.Unit == "x").Select(sensor => sensor.Id));
    }

    [Fact]
    public void Sensor_described_by_its_source_keeps_what_the_configuration_does_not_say()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Name": "Flow" } ]""");
        plant.Intake("source", new Sensor { Id = "a", Name = "FT-101", Unit = "l/s", Group = "Pumps", Recorded = true });

        Assert.Equal(new Sensor { Id = "a", Name = "Flow", Unit = "l/s", Group = "Pumps", Source = "source", Recorded = true }, plant.Sensor("a"));
        plant.Intake().Describe();
        Assert.Equal("Flow", plant.Sensor("a").Name);
    }

    [Fact]
    public void Pattern_does_not_take_in_what_is_calculated()
    {
        var plant = new ProcessedPlant("""
            [
              { "Sensor": "*", "Unit": "m", "MovingAverage": { "Over": "00:01:00" }, "RateOfChange": { "Over": "00:00:10", "Per": "Minute" } },
              { "Sensor": "a.rate", "Name": "Rise", "Normal": { "Low": -1, "High": 1 } }
            ]
            """);
        plant.Send("a", 0, 1);

        Assert.Equal(["a", "a.avg", "a.rate"], plant.Log.All.Select(series => series.Sensor.Id));
        Assert.Equal(("a, average", "m", "source"), (plant.Sensor("a.avg").Name, plant.Sensor("a.avg").Unit, plant.Sensor("a.avg").Source));
        Assert.Equal(("Rise", "m/min", 1), (plant.Sensor("a.rate").Name, plant.Sensor("a.rate").Unit, plant.Sensor("a.rate").Normal!.High));
    }

    [Theory]
    [InlineData("""[ { "Name": "x" } ]""", "LiveViz:Sensors:0:Sensor:", "is missing")]
    [InlineData("""[ { "Sensor": "a", "Nme": "x" } ]""", "LiveViz:Sensors:0:Nme: is not known here; known are At, Clamp, Deadband, Formula, Group")]
    [InlineData("""[ { "Sensor": "a" }, { "Sensor": "b", "Scale": "two" } ]""", "LiveViz:Sensors:1:Scale: \"two\" is not a number")]
    [InlineData("""[ { "Sensor": "a", "Scale": "NaN" } ]""", "LiveViz:Sensors:0:Scale: \"NaN\" must be a number")]
    [InlineData("""[ { "Sensor": "a", "Offset": 1e999 } ]""", "LiveViz:Sensors:0:Offset: \"1e999\"")]
    [InlineData("""[ { "Sensor": "a", "Resolution": 0 } ]""", "LiveViz:Sensors:0:Resolution: \"0\" must be a number above 0")]
    [InlineData("""[ { "Sensor": "a", "StaleAfter": "0" } ]""", "LiveViz:Sensors:0:StaleAfter: \"0\" must be from")]
    [InlineData("""[ { "Sensor": "a", "Clamp": 5 } ]""", "LiveViz:Sensors:0:Clamp: \"5\" is not an object with keys of Low, High")]
    [InlineData("""[ { "Sensor": "a", "Clamp": { "Low": 5, "High": 1 } } ]""", "LiveViz:Sensors:0:Clamp:Low: \"5\" must not be above High")]
    [InlineData("""[ { "Sensor": "a", "Clamp": { "Hi": 5 } } ]""", "LiveViz:Sensors:0:Clamp:Hi: is not known here; known are High, Low")]
    [InlineData("""[ { "Sensor": "a", "Range": { "Low": 5 } } ]""", "LiveViz:Sensors:0:Range:High: is missing")]
    [InlineData("""[ { "Sensor": "a", "Normal": { "Low": 5, "High": 4 } } ]""", "LiveViz:Sensors:0:Normal:Low: \"5\" must not be above High")]
    [InlineData("""[ { "Sensor": "a", "Deadband": 0.5 } ]""", "LiveViz:Sensors:0:Deadband: \"0.5\" is not an object with keys of Amount, MaximumInterval")]
    [InlineData("""[ { "Sensor": "a", "Deadband": { "MaximumInterval": "00:01:00" } } ]""", "LiveViz:Sensors:0:Deadband:Amount: is missing")]
    [InlineData("""[ { "Sensor": "a", "Deadband": { "Amount": -1 } } ]""", "LiveViz:Sensors:0:Deadband:Amount: \"-1\" must be")]
    [InlineData("""[ { "Sensor": "a", "MovingAverage": { "Over": "0" } } ]""", "LiveViz:Sensors:0:MovingAverage:Over: \"0\" must be from")]
    [InlineData("""[ { "Sensor": "a", "MovingAverage": { "Sensor": "b" } } ]""", "LiveViz:Sensors:0:MovingAverage:Over: is missing")]
    [InlineData("""[ { "Sensor": "a", "MovingAverage": { "Over": "00:01:00", "Sensor": "a" } } ]""", "LiveViz:Sensors:0:MovingAverage:Sensor: \"a\" is the sensor itself")]
    [InlineData("""[ { "Sensor": "a*", "MovingAverage": { "Over": "00:01:00", "Sensor": "b" } } ]""", "LiveViz:Sensors:0:MovingAverage:Sensor: \"b\" must hold {id}")]
    [InlineData("""[ { "Sensor": "a", "RateOfChange": { "Over": "00:01:00", "Sensor": "" } } ]""", "LiveViz:Sensors:0:RateOfChange:Sensor: \"\" must be the id of a new sensor")]
    [InlineData("""[ { "Sensor": "a", "RateOfChange": { "Over": "00:01:00", "Per": "Day" } } ]""", "LiveViz:Sensors:0:RateOfChange:Per: \"Day\" is not one of Second, Minute, Hour")]
    [InlineData("""[ { "Sensor": "a", "RateOfChange": { "Over": "00:01:00", "Per": "7" } } ]""", "LiveViz:Sensors:0:RateOfChange:Per: \"7\"")]
    [InlineData("""[ { "Sensor": "a*", "Formula": "[b]" } ]""", "LiveViz:Sensors:0:Formula: \"[b]\" is for one sensor")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[b]", "Offset": 1 } ]""", "LiveViz:Sensors:0:Offset: \"1\" is not for a sensor with a Formula")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[b] +" } ]""", "LiveViz:Sensors:0:Formula: \"[b] +\" is no formula")]
    [InlineData("""[ { "Sensor": "a", "Formula": "foo([b])" } ]""", "LiveViz:Sensors:0:Formula: \"foo([b])\" has a function in it that is not known, foo")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[b]" }, { "Sensor": "a", "Formula": "[c]" } ]""", "LiveViz:Sensors:1:Formula:", "second formula", "\"a\"")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[a] + 1" } ]""", "LiveViz:Sensors:0:Formula: goes in a circle: a is made of a")]
    [InlineData("""[ { "Sensor": "x", "Formula": "[a]" }, { "Sensor": "a", "Formula": "[b]" }, { "Sensor": "b", "Formula": "[y] + [a]" } ]""", "LiveViz:Sensors:1:Formula: goes in a circle: a is made of b is made of a")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[a.avg] + [b]", "MovingAverage": { "Over": "00:01:00" } } ]""", "LiveViz:Sensors:0:Formula: goes in a circle: a is made of a")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[m.rate]", "MovingAverage": { "Over": "00:01:00", "Sensor": "m" } }, { "Sensor": "m", "RateOfChange": { "Over": "00:01:00" } } ]""", "goes in a circle: a is made of a")]
    [InlineData("""[ { "Sensor": "a", "Formula": "[b] + [c]", "At": "d" } ]""", "LiveViz:Sensors:0:At: \"d\" is not in the formula; allowed are b, c")]
    [InlineData("""[ { "Sensor": "a", "At": "b" } ]""", "LiveViz:Sensors:0:At: \"b\" is only for a sensor with a Formula")]
    [InlineData("\"x\"", "LiveViz:Sensors: \"x\" is not a list")]
    public void Wrong_entry_is_one_line_that_names_the_key(string sensors, params string[] says)
    {
        var message = Assert.Throws<WrongConfigurationException>(() => ProcessedPlant.Settings(sensors)).Message;

        Assert.DoesNotContain('\n', message);
        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
