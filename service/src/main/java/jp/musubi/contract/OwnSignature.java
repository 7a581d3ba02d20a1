package jp.musubi.contract;

import java.time.Instant;
import jp.musubi.seal.Sha256;

/**
 * 当事者署名. A signature that a counterparty made with a certificate of its own, as it stands in the
 * file, below the seal that its agreement becomes.
 *
 * @param seals how many seals stood in the file that it was put upon
 * @param base digest of that file
 * @param handed digest of the file as the party handed it in
 * @param file digest of the same with the proofs that go with the signature, as it is kept
 * @param holder whose certificate it is, by its subject (RFC 4514)
 * @param issuer who issued it
 * @param serial of the certificate, hexadecimal
 * @param validUntil when the certificate ends
 * @param takenAt when it was checked and taken
 */
public record OwnSignature(
    PartyId party,
    int seals,
    Sha256 base,
    Sha256 handed,
    Sha256 file,
    String holder,
    String issuer,
    String serial,
    Instant validUntil,
    Instant takenAt) {}
