package jp.musubi.staff;

import jakarta.servlet.http.HttpSession;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;

/**
 * 団体のIDでの本人確認, as a page shows it before an act that wants it.
 *
 * @param target what it is for
 * @param until how long the proof is good; null while there is none
 * @param strong whether it was by two factors
 */
public record Proving(String target, @Nullable String until, boolean strong) {

  /** For whoever came by the body's ID; null for whoever has shown a password. */
  public static @Nullable Proving of(
      FreshProof proofs, HttpSession session, SignedInStaff person, String target) {
    if (!FreshProof.isFor(person)) {
      return null;
    }
    return proofs
        .held(session, person, target)
        .map(proof -> new Proving(target, JapaneseDates.time(proof.until()), proof.strong()))
        .orElseGet(() -> new Proving(target, null, false));
  }
}
