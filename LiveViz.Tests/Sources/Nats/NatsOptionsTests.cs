using LiveViz.Server.Sources.Nats;

namespace LiveViz.Tests.Sources.Nats;

public class NatsOptionsTests
{
    [Theory]
    [InlineData("Url", "", "LiveViz:Sources:0:Url: \"\" must be an address such as nats://localhost:4222")]
    [InlineData("Subjects:0", null, "LiveViz:Sources:0:Subjects: must list at least one subject, unless Stream names a stream")]
    [InlineData("Subjects:0", "a b", "LiveViz:Sources:0:Subjects: must list subjects such as plant.*.temperature, without spaces")]
    [InlineData("Sensor", "{17}", "LiveViz:Sources:0:Sensor: \"{17}\" has {17}, which is not known; allowed are {subject}, {1}")]
    [InlineData("Start", "Now", "LiveViz:Sources:0:Start: \"Now\" is of no use without Stream")]
    [InlineData("Consumer", "c", "LiveViz:Sources:0:Consumer: \"c\" is of no use without Stream")]
    [InlineData("CredsFile", "no-such.creds", "LiveViz:Sources:0:CredsFile: \"no-such.creds\" is no file here")]
    [InlineData("KeyFile", "key.pem", "LiveViz:Sources:0:KeyFile: \"key.pem\" is of no use without Tls: true")]
    public void Wrong_setting_is_one_line_that_names_the_key_and_what_is_allowed(string key, string? value, string says)
    {
        Assert.StartsWith(says, Refusal((key, value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("2026-13-01")]
    public void Wrong_start_is_said(string start)
    {
        Assert.Equal(
            $"LiveViz:Sources:0:Start: \"{start}\" must be Beginning, Now, the number of a message in the stream from 1 on, or a time such as 2026-01-02T03:04:05Z",
            Refusal(("Stream", "PLANT"), ("Start", start)));
    }

    [Fact]
    public void Stream_has_one_subject_at_most()
    {
        Assert.Contains("no more than one subject", Refusal(("Stream", "PLANT"), ("Subjects:1", "b")), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_of_the_source_becomes_one_that_a_consumer_can_have()
    {
        Assert.Equal("liveviz-Plant--3-", new NatsOptions { Name = "Plant .3>" }.ConsumerName);
    }

    private static string Refusal(params (string, string?)[] changes) =>
        SourceRefusal.Of("Nats", () => new NatsOptions(), [("Url", "nats://localhost:4222"), ("Subjects:0", "plant.>")], changes);
}
