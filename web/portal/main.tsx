import { createRoot } from 'react-dom/client'
import { Page } from './page.tsx'
import '../style/base.css'
import '../style/controls.css'
import '../style/layout.css'
import '../style/balance.css'
import '../style/cards.css'
import '../style/usage.css'
import '../style/lists.css'
import '../style/dialog.css'
import '../style/media.css'
import '../style/waiting.css'

createRoot(document.getElementById('page') as HTMLElement).render(<Page />)
