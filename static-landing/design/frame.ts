/** Whether another page shows this one inside itself, where it could be laid under other buttons (P9). */
export const isFramed = (): boolean => window.top !== window.self;
