using LiveViz.Server;
using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Tests.Sources.Mqtt;

public class MqttOptionsTests
{
    private static readonly (string Key, string? Value)[] Least = [("Server", "mqtt://localhost"), ("Topics:0:Topic", "plant/+/t")];

    [Fact]
    public void Topics_are_read_with_their_defaults()
    {
        var options = Fill([("Name", "Öl 工場/1"), .. Least, ("Topics:1:Topic", "rig/#"), ("Topics:1:Payload", "Plain"), ("Topics:1:Qos", "0")]);

        Assert.Equal(("localhost:1883", "liveviz-öl-工場-1"), (options.ShownAddress, options.EffectiveClientId));
        Assert.Equal([("plant/+/t", PayloadForm.Json, 1), ("rig/#", PayloadForm.Plain, 0)], options.Topics.Select(topic => (topic.Topic, topic.Payload, topic.Qos)));
        Assert.Equal("localhost:8883", Fill([.. Least, ("Server", "mqtts://localhost")]).ShownAddress);
    }

    [Theory]
    [InlineData("Server", "", "Server: \"\" must name a broker, such as mqtt://localhost:1883")]
    [InlineData("Server", "localhost:1883", "Server: \"localhost:1883\" is no address of a broker; write mqtt://host:1883")]
    [InlineData("Server", "mqtt://u:p@localhost", "into Username and Password")]
    [InlineData("Password", "secret", "Username: must be set where there is a Password")]
    [InlineData("CaFile", "x.pem", "CaFile: \"x.pem\" is of no use without TLS; write mqtts://")]
    [InlineData("KeepAlive", "0", "KeepAlive: \"0\" must be from 00:00:01")]
    [InlineData("ReceiveMaximum", "0", "ReceiveMaximum: \"0\" must be from 1 to 65535")]
    [InlineData("Topics:0:Topic", "", "Topics:0:Topic: \"\" must be a topic")]
    [InlineData("Topics:0:Topic", "a#", "Topics:0:Topic: \"a#\" has a + or # beside other characters")]
    [InlineData("Topics:0:Topic", "#/a", "has a # that is not its last level")]
    [InlineData("Topics:0:Topic", "$share/g/a", "is a shared subscription")]
    [InlineData("Topics:0:Topik", "a", "Topics:0:Topik: is not known here; known are Group, Payload, Qos, QualityPath, Sensor, TimePath, TimeUnit, Topic, Unit, Values")]
    [InlineData("Topics:0:Qos", "2", "Topics:0:Qos: \"2\" must be 0 or 1")]
    [InlineData("Topics:0:Sensor", "{4}", "Topics:0:Sensor: \"{4}\" has {4}, which is not known; allowed are {topic}, {1}, {2}, {3}, {field} and {$.path}")]
    [InlineData("Topics:0:Group", "{field}", "Topics:0:Group: \"{field}\" has {field}, which is not known; allowed are {topic}, {1}, {2}, {3}")]
    [InlineData("Topics:0:Payload", "Xml", "Topics:0:Payload: \"Xml\" is not one of Json, Plain")]
    [InlineData("Topics:0", "plant/#", "Topics:0: \"plant/#\" is not an object; known keys are Group, ")]
    public void Wrong_value_is_one_line_that_names_the_key_and_what_is_allowed(string key, string value, string says)
    {
        var error = Assert.Throws<WrongConfigurationException>(() => Fill([.. Least, (key, value)])).Message;

        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Topics_must_be_a_list_with_something_in_it()
    {
        Assert.Contains("must list at least one topic", Assert.Throws<WrongConfigurationException>(() => Fill([Least[0]])).Message, StringComparison.Ordinal);
        Assert.Contains("is not a list", Assert.Throws<WrongConfigurationException>(() => Fill([Least[0], ("Topics", "a")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_not_there_are_told_at_the_start()
    {
        var error = Assert.Throws<WrongConfigurationException>(() => Fill([.. Least, ("Server", "mqtts://localhost"), ("CaFile", "no-such.pem")]));

        Assert.EndsWith("CaFile: \"no-such.pem\" is no file here", error.Message, StringComparison.Ordinal);
    }

    private static MqttOptions Fill((string Key, string? Value)[] entries)
    {
        var configuration = TestSources.Configuration([.. entries.Append(("Type", "Mqtt")).Select(entry => ($"0:{entry.Item1}", entry.Item2)).GroupBy(entry => entry.Item1).Select(same => same.Last())]);
        var options = new MqttOptions();
        ConfigurationReader.Fill(configuration.GetSection("LiveViz:Sources:0"), options);
        return options;
    }
}
