/**
 * Settings under which a host lives `seconds` in the future: its whole process reads a clock that is ahead. What else
 * takes part, storage and Microsoft's side, keeps the real time. For `world.restart`; `later(0)` brings the host back.
 */
export const later = (seconds: number): Record<string, string> => {
  const shift = `
    const Real = Date;
    const ahead = ${seconds * 1000};
    globalThis.Date = class extends Real {
      constructor(...given) {
        if (given.length > 0) super(...given);
        else super(Real.now() + ahead);
      }
      static now() {
        return Real.now() + ahead;
      }
    };`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` };
};
