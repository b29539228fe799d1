/** Who signed what: checks of signatures. */
package fvm

import fvm.internal.intrinsic

object Crypto {
  @intrinsic("verify.ed25519")
  private def verifies(key: Bytes, signature: Bytes, message: Bytes): Boolean
  @intrinsic("recover.secp256k1")
  private def recovered(signature: Bytes, hash: Bytes): Bytes

  /** Whether the key of ed25519 (32 bytes) made the signature (64 bytes) of the message. Bytes that are no key or no
    * signature are no error: nobody signed.
    */
  def verifyEd25519(key: Bytes, message: Bytes, signature: Bytes): Boolean =
    verifies(key, signature, message)

  /** The address whose key of secp256k1 made the signature of the hash: r, s, and 0 or 1, which of two keys it is, 65
    * bytes in all. Some key signed nearly every pair, so compare the address with the one that should have signed.
    */
  def recoverSecp256k1(hash: Hash, signature: Bytes): Option[Address] = {
    val address = recovered(signature, hash.bytes)
    if (address.length == Address.length) Some(Address.fromBytes(address)) else None
  }

  /** The address of a key of ed25519. */
  def addressOfEd25519(key: Bytes): Address =
    Address.fromBytes(Hash.blake3(Bytes.utf8("fvm/ed25519") ++ key).bytes.drop(12))

  /** The address whose key signed the hash, for a signature of either kind as wallets write it: 0, key and signature of
    * ed25519; or 1 and a signature of secp256k1.
    */
  def signer(hash: Hash, signature: Bytes): Option[Address] =
    if (signature.length == 97 && signature(0) == 0) {
      val key = signature.slice(1, 33)
      if (verifyEd25519(key, hash.bytes, signature.drop(33))) Some(addressOfEd25519(key)) else None
    } else if (signature.length == 66 && signature(0) == 1) recoverSecp256k1(hash, signature.drop(1))
    else None

  /** What the owner of an address signs with `fscc wallet sign`. */
  def statementHash(text: String): Hash = Hash.blake3(Bytes.utf8("fvm/statement/1" + text))
}
