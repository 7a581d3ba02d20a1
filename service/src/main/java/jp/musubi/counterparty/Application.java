package jp.musubi.counterparty;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 利用申出. What a supplier says of itself before contracts are made electronically: who agrees for it,
 * by which addresses, until when.
 *
 * @param text exactly what was shown and agreed to
 * @param proofs the addresses, each with whether somebody there has answered
 */
public record Application(
    UUID id,
    Said said,
    String text,
    Sha256 digest,
    Instant submittedAt,
    String clientIp,
    String userAgent,
    State state,
    Optional<Instant> confirmedAt,
    Optional<Decided> decided,
    Optional<UUID> supplier,
    List<Proof> proofs) {

  /** Keeps its own copy. */
  public Application {
    proofs = List.copyOf(proofs);
  }

  /**
   * What was said.
   *
   * @param clerkName who checks first; empty, with the address, where nobody does
   * @param contractTitle the one contract it is for; empty for all that come
   * @param validUntil the last day
   * @param wantsConsent whether 建設業法 19 条 3 項の承諾 is to be asked for as well
   */
  public record Said(
      String organisation,
      Optional<CorporateNumber> number,
      String address,
      String phone,
      Signatory signatory,
      String clerkName,
      String clerkMail,
      String contractTitle,
      LocalDate validUntil,
      boolean wantsConsent) {

    /** The addresses that have to answer, each once. */
    public List<String> mails() {
      return clerkMail.isEmpty() || clerkMail.equalsIgnoreCase(signatory.mail())
          ? List.of(signatory.mail())
          : List.of(signatory.mail(), clerkMail);
    }
  }

  /**
   * Who agrees.
   *
   * @param agent whether by a 委任状, and not as 代表者
   * @param authorityText of an agent: who gave the power, when, for what
   */
  public record Signatory(
      String name, String title, String mail, boolean agent, String authorityText) {}

  /** How far it is in the database. */
  public enum State {
    /** Not all addresses have answered. */
    SUBMITTED,
    /** All have; the body decides. */
    CONFIRMED,
    /** 受理. */
    ACCEPTED,
    /** 却下. */
    REJECTED
  }

  /** What it is worth on a day. */
  public enum Standing {
    /** アドレス確認待ち. */
    AWAITS_PROOF,
    /** アドレスを確かめられないまま終わった. */
    LAPSED,
    /** 審査待ち. */
    TO_DECIDE,
    /** 受理済. */
    ACCEPTED,
    /** 却下. */
    REJECTED,
    /** 期間満了. */
    EXPIRED
  }

  /** The body's decision. */
  public record Decided(Instant at, String by, Optional<String> reason) {}

  /**
   * The mailed link to one address.
   *
   * @param expiresAt exclusively
   * @param clientIp from where it was answered
   */
  public record Proof(
      UUID id,
      String mail,
      Sha256 secretHash,
      Instant expiresAt,
      Optional<Instant> confirmedAt,
      Optional<String> clientIp) {

    /** Whether it may still be answered. */
    boolean isOpen(Instant now) {
      return confirmedAt.isEmpty() && now.isBefore(expiresAt);
    }
  }

  /** What it is worth now. */
  public Standing standing(LocalDate today, Instant now) {
    return switch (state) {
      case SUBMITTED ->
          proofs.stream().anyMatch(proof -> proof.confirmedAt().isEmpty() && !proof.isOpen(now))
              ? Standing.LAPSED
              : Standing.AWAITS_PROOF;
      case CONFIRMED -> today.isAfter(said.validUntil()) ? Standing.EXPIRED : Standing.TO_DECIDE;
      case ACCEPTED -> today.isAfter(said.validUntil()) ? Standing.EXPIRED : Standing.ACCEPTED;
      case REJECTED -> Standing.REJECTED;
    };
  }
}
