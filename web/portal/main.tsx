import { createRoot } from 'react-dom/client'
import { Page } from './page.tsx'
import '../style/base.css'
import '../style/controls.css'
import '../style/page.css'
import '../style/sections.css'

createRoot(document.getElementById('page') as HTMLElement).render(<Page />)
