namespace LiveViz.Server.Sources.Simulated;

/// <summary>The instruments of a factory: 24, six in each of four areas.</summary>
internal static class Channels
{
    /// <summary>All of them, area by area.</summary>
    public static IReadOnlyList<Channel> All { get; } =
    [
        .. Area("Boiler house",
            new("boiler-1-steam-pressure", "Boiler 1 steam pressure", "bar", new(0, 16), new(9, 11), 2, 0.012, m => m.Boiler.Pressure),
            new("boiler-1-steam-flow", "Boiler 1 steam flow", "t/h", new(0, 24), new(5, 17), 1, 0.06, m => m.Boiler.SteamFlow),
            new("boiler-1-firing-rate", "Boiler 1 firing rate", "%", new(0, 120), new(25, 105), 1, 0.25, m => m.Boiler.FiringRate),
            new("boiler-1-flue-gas-temperature", "Boiler 1 flue gas temperature", "°C", new(0, 400), new(150, 265), 1, 0.4, m => m.Boiler.FlueGasTemperature),
            new("boiler-1-drum-level", "Boiler 1 drum level", "%", new(0, 100), new(40, 60), 1, 0.12, m => m.Boiler.DrumLevel),
            new("boiler-1-water-conductivity", "Boiler 1 water conductivity", "µS/cm", new(0, 500), new(180, 285), 0, 0.8, m => m.Boiler.Conductivity)),
        .. Area("Compressor station",
            new("compressor-1-discharge-pressure", "Compressor 1 discharge pressure", "bar", new(0, 10), new(6.5, 7.7), 2, 0.008, m => m.Compressor.Pressure),
            new("compressor-1-motor-current", "Compressor 1 motor current", "A", new(0, 250), new(38, 135), 1, 0.6, m => m.Compressor.MotorCurrent),
            new("compressor-1-oil-temperature", "Compressor 1 oil temperature", "°C", new(0, 130), new(66, 92), 1, 0.12, m => m.Compressor.OilTemperature),
            new("compressor-1-vibration", "Compressor 1 vibration", "mm/s", new(0, 20), new(0.8, 4.2), 2, 0.09, m => m.Compressor.Vibration),
            new("compressor-1-air-flow", "Compressor 1 air flow", "m³/h", new(0, 1000), new(360, 680), 0, 2.5, m => m.Compressor.AirFlow),
            new("air-dryer-1-dew-point", "Air dryer 1 dew point", "°C", new(-80, 20), new(-50, -34), 1, 0.08, m => m.Compressor.DewPoint)),
        .. Area("Conveyors",
            new("conveyor-1-belt-load", "Conveyor 1 belt load", "t/h", new(0, 800), new(110, 480), 0, 2, m => m.Conveyor.BeltLoad),
            new("conveyor-1-motor-current", "Conveyor 1 motor current", "A", new(0, 200), new(35, 110), 1, 0.4, m => m.Conveyor.MotorCurrent),
            new("conveyor-1-motor-temperature", "Conveyor 1 motor temperature", "°C", new(0, 180), new(30, 90), 1, 0.12, m => m.Conveyor.MotorTemperature),
            new("conveyor-1-gearbox-vibration", "Conveyor 1 gearbox vibration", "mm/s", new(0, 25), new(0.8, 4.5), 2, 0.08, m => m.Conveyor.Vibration),
            new("conveyor-2-motor-power", "Conveyor 2 motor power", "kW", new(0, 75), new(8, 38), 1, 0.12, m => m.Conveyor.SecondMotorPower),
            new("conveyor-2-motor-temperature", "Conveyor 2 motor temperature", "°C", new(0, 180), new(30, 90), 1, 0.12, m => m.Conveyor.SecondMotorTemperature)),
        .. Area("Cooling",
            new("cooling-supply-temperature", "Cooling supply temperature", "°C", new(0, 60), new(19, 29), 1, 0.04, m => m.Cooling.SupplyTemperature),
            new("cooling-return-temperature", "Cooling return temperature", "°C", new(0, 80), new(22, 38), 1, 0.05, m => m.Cooling.ReturnTemperature),
            new("cooling-water-flow", "Cooling water flow", "m³/h", new(0, 200), new(105, 135), 1, 0.4, m => m.Cooling.Flow),
            new("cooling-fan-1-speed", "Cooling fan 1 speed", "rpm", new(0, 2400), new(250, 1600), 0, 3, m => m.Cooling.FanSpeed),
            new("cooling-water-ph", "Cooling water pH", "pH", new(0, 14), new(7, 8.4), 2, 0.008, m => m.Cooling.Acidity),
            new("outdoor-temperature", "Outdoor temperature", "°C", new(-40, 60), new(5, 27), 1, 0.05, m => m.Cooling.OutdoorTemperature)),
    ];

    private static IEnumerable<Channel> Area(string area, params Channel[] channels) =>
        channels.Select(channel => channel with { Area = area });
}
