package ledger

import fvm.*
import fvm.testing.*

/** A club that everybody enters who owns the address for which they come: they need not come themselves. */
final class Club() extends Contract:
  import Club.*
  private var members: Set[Address] = Set.empty

  @entry
  def enter(owner: Address, signature: Bytes): Unit can Write =
    require(Crypto.signer(Crypto.statementHash(joining), signature) == Some(owner), Fault.NotSigned)
    members = members + owner

  @view
  def isMember(owner: Address): Boolean = members.contains(owner)

object Club:
  val joining: String = "I join the club"
  enum Fault extends Problem:
    case NotSigned

/** What `fscc wallet sign` prints for the text of the club, by a key of each kind. */
object Signed:
  def bytes(digits: String): Bytes =
    val values = digits.grouped(2).map(pair => digit(pair.charAt(0)) * 16 + digit(pair.charAt(1)))
    Bytes(values.toVector*)
  private def digit(letter: Char): Int = "0123456789abcdef".indexOf(letter)

  val one: Address = Address("0x918a602C0A1DC9850777F91e70402a5DeF110BE7")
  val key: Bytes = bytes("590a9fbf10d0a5afb9d2819fd4491c778adec52f763fbb9e014d6c16acde2456")
  val ofKey: Bytes = bytes(
    "76d55631408f15b9c45d1191a2ae1e6904c1006eebdc86ed8292b96e697ae167" +
      "797a4b3e338394c158c7ad960f2cf0f4b145896f999683edcde0bac2744de10a"
  )
  val byOne: Bytes = Bytes(0) ++ key ++ ofKey

  val other: Address = Address("0xADb5864F71eFC1C9321Ef2ADe3399A7199BCa8DC")
  val recoverable: Bytes = bytes(
    "f8c2d24a05ea8f4d9f3cd6372d0589528d2b3e7d9255c4e7f0c37089cfd5ef7a" +
      "76769cf2bc99058af3dfcce291a9ab68a1cdfcd1e09d1c0700e83f461551675a01"
  )
  val byOther: Bytes = Bytes(1) ++ recoverable

final class SignaturesSuite extends ContractSuite:
  import Signed.*
  private val alice = account("alice", 1.fsc)

  test("owners of both kinds of keys enter, whoever brings their signature") {
    val club = deploy(Club())
    club.call(from = alice)(_.enter(one, byOne))
    club.call(from = alice)(_.enter(other, byOther))
    assert(club.query(_.isMember(one)) && club.query(_.isMember(other)))
    assert(!club.query(_.isMember(alice)))
  }

  test("nobody enters by what somebody else signed") {
    val club = deploy(Club())
    for (owner, signature) <- List((alice, byOne), (other, byOne), (one, byOther), (one, Bytes.empty)) do
      assertAborts(Club.Fault.NotSigned) {
        club.call(from = alice)(_.enter(owner, signature))
      }
    assert(!club.query(_.isMember(one)))
  }

  test("signatures are of one text") {
    val hash = Crypto.statementHash("I join the club.")
    assert(Crypto.signer(hash, byOne) == None)
    assert(Crypto.signer(hash, byOther) != Some(other))
    assert(Crypto.recoverSecp256k1(Crypto.statementHash(Club.joining), recoverable) == Some(other))
    assert(Crypto.addressOfEd25519(key) == one)
  }

  test("bytes that are no signature are signed by nobody") {
    val hash = Crypto.statementHash(Club.joining)
    assert(Crypto.verifyEd25519(key, hash.bytes, ofKey))
    assert(!Crypto.verifyEd25519(ofKey, hash.bytes, key))
    assert(!Crypto.verifyEd25519(key, hash.bytes, ofKey.drop(1)))
    assert(!Crypto.verifyEd25519(Bytes.empty, Bytes.empty, Bytes.empty))
    assert(Crypto.recoverSecp256k1(hash, recoverable.take(64)) == None)
    assert(Crypto.recoverSecp256k1(hash, recoverable.take(64) ++ Bytes(27)) == None)
    assert(Crypto.recoverSecp256k1(hash, Bytes.empty) == None)
    assert(Crypto.signer(hash, Bytes(2) ++ recoverable) == None)
    assert(Crypto.signer(hash, byOther ++ Bytes(0)) == None)
  }

  test("a key of small order signs nothing") {
    val neutral = Bytes(1) ++ bytes("00" * 31)
    assert(!Crypto.verifyEd25519(neutral, Bytes.utf8("anything"), neutral ++ bytes("00" * 32)))
  }
