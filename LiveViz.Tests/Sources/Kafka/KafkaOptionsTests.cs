using LiveViz.Server.Sources.Kafka;

namespace LiveViz.Tests.Sources.Kafka;

public class KafkaOptionsTests
{
    [Theory]
    [InlineData("Servers", "", "LiveViz:Sources:0:Servers: \"\" must name a broker, such as localhost:9092")]
    [InlineData("Topics:0", null, "LiveViz:Sources:0:Topics: must list at least one topic")]
    [InlineData("Sensor", "{tag}", "LiveViz:Sources:0:Sensor: \"{tag}\" has {tag}, which is not known; allowed are {key}, {topic}, {partition}, {field} and {$.path}")]
    [InlineData("Start", "Then", "LiveViz:Sources:0:Start: \"Then\" is not one of Beginning, Now")]
    [InlineData("Sasl", "Plain", "LiveViz:Sources:0:Sasl: \"Plain\" needs User and Password")]
    [InlineData("User", "me", "LiveViz:Sources:0:User: \"me\" is of no use without Sasl")]
    [InlineData("CaFile", "ca.pem", "LiveViz:Sources:0:CaFile: \"ca.pem\" is of no use without Tls: true")]
    [InlineData("Settings:enable.auto.commit", "false", "LiveViz:Sources:0:Settings:enable.auto.commit: \"false\" is set by the source itself")]
    [InlineData("Settings:no.such", "1", "LiveViz:Sources:0:Settings: is refused by librdkafka: No such configuration property: \"no.such\"")]
    [InlineData("Settings:fetch.wait.max.ms", "soon", "LiveViz:Sources:0:Settings: is refused by librdkafka")]
    [InlineData("Topics:0", "^plant(", "LiveViz:Sources:0:Topics: is refused by librdkafka")]
    public void Wrong_setting_is_one_line_that_names_the_key_and_what_is_allowed(string key, string? value, string says)
    {
        Assert.StartsWith(says, Refusal((key, value)), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_there_is_said()
    {
        Assert.Equal("LiveViz:Sources:0:CaFile: \"no-such.pem\" is no file here", Refusal(("Tls", "true"), ("CaFile", "no-such.pem")));
    }

    [Fact]
    public void Password_is_not_said()
    {
        Assert.DoesNotContain("secret", Refusal(("Password", "secret"), ("Sasl", "Plain")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "None", "plaintext", null)]
    [InlineData(true, "None", "ssl", null)]
    [InlineData(false, "Plain", "sasl_plaintext", "PLAIN")]
    [InlineData(true, "ScramSha512", "sasl_ssl", "SCRAM-SHA-512")]
    public void Security_is_passed_on(bool tls, string sasl, string protocol, string? mechanism)
    {
        var config = KafkaConfiguration.Of(new KafkaOptions { Servers = "a:1", Tls = tls, Sasl = Enum.Parse<KafkaSasl>(sasl), User = "u", Password = "p" });

        Assert.Equal((protocol, mechanism, mechanism is null ? null : "p"), (config.Get("security.protocol"), config.Get("sasl.mechanism"), config.Get("sasl.password")));
    }

    private static string Refusal(params (string, string?)[] changes) =>
        SourceRefusal.Of("Kafka", () => new KafkaOptions(), [("Servers", "localhost:9092"), ("Topics:0", "plant")], changes);
}
