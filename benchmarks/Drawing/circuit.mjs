export const circuit = async () => {}, soak = async () => {};
