declare module "*?worker&url" {
  const url: string;
  export default url;
}
declare module "@land/*?url" {
  const url: string;
  export default url;
}
