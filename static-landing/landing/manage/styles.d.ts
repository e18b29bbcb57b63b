declare module '*.css' {
  /** Styles of a part of the page, as text: the build puts them in with its code. */
  const styles: string;
  export default styles;
}
