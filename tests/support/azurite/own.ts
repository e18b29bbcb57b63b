type Storage = { connectionString: string; tableUrl: string; queueUrl: string };

/** Storage of one's own, empty: of the farm beside jest, or without one (bench, model) of this process. */
export const startAzurite = async (): Promise<Storage & { close: () => Promise<void> }> => {
  const farm = process.env['AZURITE_FARM'];
  if (farm === undefined) return (await import('../../../local/azurite.ts')).startAzurite();
  const { id, ...storage } = (await (await fetch(farm, { method: 'POST' })).json()) as Storage & { id: string };
  return {
    ...storage,
    close: async () => {
      await fetch(`${farm}/${id}`, { method: 'DELETE' });
    },
  };
};
