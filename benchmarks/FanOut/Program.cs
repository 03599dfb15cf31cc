using LiveViz.FanOut;
using LiveViz.FanOut.Load;
using LiveViz.FanOut.Serving;

// One program in three roles, each in a process of its own: what is measured shares nothing with what measures.
return args switch
{
    ["server", .. var rest] => await ServerRole.RunAsync(rest),
    ["load", .. var rest] => LoadRole.Run(rest),
    _ => Comparison.Run(args),
};
