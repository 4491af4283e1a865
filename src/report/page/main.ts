import { redraw, setUpPrint } from "./charts.js"
import { setUpDistribution } from "./distribution.js"
import { setUpEquity } from "./equity.js"
import { setUpExcursions } from "./excursions.js"
import { setUpHeat } from "./heat.js"
import { setUpPrice } from "./price.js"
import { setUpRefusals } from "./refusals.js"
import { setUpStatistics } from "./statistics.js"
import { setUpTheme } from "./theme.js"
import { setUpTips } from "./tips.js"
import { setUpTrades } from "./trades.js"

/** The program of the report's page. */
setUpTheme(redraw)
setUpTips()
setUpEquity()
setUpHeat()
setUpPrice()
setUpTrades()
setUpStatistics()
setUpDistribution()
setUpExcursions()
setUpRefusals()
setUpPrint()
document.documentElement.dataset.ready = "true"
