// Reads what charts are made of while the page still connects: read when the first chart asks for it, it holds that up.
import './Charts/LiveChart.razor.js';
import { importScript } from '../Plotly.Blazor/plotly-interop-7.2.0.js';

const id = 'plotly-import';
// Told as Plotly.Blazor tells it, which then finds it there. What failed is taken away, so that the first chart tries again.
importScript(id, './_content/Plotly.Blazor/plotly-basic-3.7.0.min.js').catch(() => document.getElementById(id)?.remove());
