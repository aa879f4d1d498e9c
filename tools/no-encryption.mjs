/**
 * Replaces the encryption of zip.js (see webpack.config.js): Stapler lists encrypted entries, and neither opens nor
 * writes them.
 */
class NoEncryption {
  constructor() {
    throw new TypeError('Encrypted entries are not supported.');
  }
}

export {
  NoEncryption as AESDecryptionStream,
  NoEncryption as AESEncryptionStream,
  NoEncryption as ZipCryptoDecryptionStream,
  NoEncryption as ZipCryptoEncryptionStream,
};
