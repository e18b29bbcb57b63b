import type { ComponentChildren } from 'preact';
import type { Brand } from '../config.ts';

type Shell = {
  brand: Brand;
  /** Beside the product's name. */
  label?: string;
  /** The folder of the landing page, seen from this page. */
  root: string;
  account?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
};

/** Header, main part and footer of both pages. */
export const Shell = ({ brand, label, root, account, foot, children }: Shell) => (
  <>
    <header class="top">
      <div class="top-inner">
        <span class="brand">
          {brand.logoUrl && <img src={new URL(brand.logoUrl, new URL(root, location.href)).href} alt="" />}
          <span>
            {brand.productName}
            {label && <span class="quiet"> {label}</span>}
          </span>
        </span>
        {account}
      </div>
    </header>
    <main class="page">{children}</main>
    {foot && (
      <footer class="foot">
        <div class="foot-inner">{foot}</div>
      </footer>
    )}
  </>
);
