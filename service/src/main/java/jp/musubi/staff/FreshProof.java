package jp.musubi.staff;

import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Optional;

/**
 * 直前の確認. Proof by the body's own provider, given just now, that it is the person who signed in by
 * it; it stands where the password stands for others (ASVS 7.5.3).
 */
public interface FreshProof {
  /**
   * What was proved.
   *
   * @param strong whether by two factors
   * @param until when it is no longer fresh
   */
  record Proof(boolean strong, Instant until) {}

  /** Whether the person proves themselves this way: they came by the body's ID. */
  static boolean isFor(SignedInStaff person) {
    return person.shown().contains(Factor.SSO);
  }

  /**
   * The proof this session holds.
   *
   * @param target what it was asked for: the path of the page
   */
  Optional<Proof> held(HttpSession session, SignedInStaff person, String target);

  /** The same, and uses it up: one proof, one act. */
  Optional<Proof> spend(HttpSession session, SignedInStaff person, String target);
}
