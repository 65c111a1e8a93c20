/** Why there is no picture. */
export class PictureFault extends Error {
  readonly code: "PNG_UNAVAILABLE" | "PICTURE_TOO_LARGE";
  readonly retryable = false;

  constructor(code: PictureFault["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PictureFault";
    this.code = code;
  }
}
