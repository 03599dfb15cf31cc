// Reads what charts are made of while the page still connects: read when the first chart asks for it, it holds that up.
import './_content/LiveViz/Charts/LiveChart.razor.js';
import { importScript } from './_content/Plotly.Blazor/plotly-interop-7.2.0.js';

const id = 'plotly-import';
// What failed is taken away, so that the first chart tries again.
importScript(id, './_content/Plotly.Blazor/plotly-basic-3.7.0.min.js').catch(() => document.getElementById(id)?.remove());
