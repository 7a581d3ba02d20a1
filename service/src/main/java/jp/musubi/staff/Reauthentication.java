package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 直前の本人確認, before something that cannot be taken back: a signature, a disposal. */
@Component
public class Reauthentication {
  private static final Field.Look CODE =
      new Field.Look("text", "one-time-code", null, "medium", null, 40, null);

  private final Staff staff;
  private final SecondFactors factors;
  private final FreshProof proofs;

  Reauthentication(Staff staff, SecondFactors factors, FreshProof proofs) {
    this.staff = staff;
    this.factors = factors;
    this.proofs = proofs;
  }

  /** The factors that were shown just now; what is missing or wrong, the reader is told. */
  public String shown(
      SignedInStaff person,
      @Nullable String password,
      String code,
      FormReader reader,
      HttpServletRequest request) {
    return FreshProof.isFor(person)
        ? shownThere(person, code, reader, request)
        : shownHere(person, password, code, reader, request);
  }

  /** What is asked for: the password unless it was proved elsewhere, and the app's code. */
  public List<Field> fields(
      SignedInStaff person, @Nullable Proving proof, Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    if (proof == null) {
      fields.add(
          Field.required("password", "contract.field.password")
              .hinted("contract.field.password.hint")
              .drawn(Field.Look.PASSWORD)
              .wrong(wrong.get("password")));
    }
    if (factors.hasApp(person.member()) && (proof == null || !proof.strong())) {
      fields.add(
          Field.required("code", "contract.field.code")
              .hinted("contract.field.code.hint")
              .drawn(CODE)
              .wrong(wrong.get("code")));
    }
    return fields;
  }

  /**
   * The factors this signature rests on: the password and, where an app is registered, its code,
   * both given just now; or the passkey that opened this session. Who signs proves to be there at
   * that very moment (ASVS 7.5.3).
   */
  private String shownHere(
      SignedInStaff person,
      @Nullable String password,
      String code,
      FormReader reader,
      HttpServletRequest request) {
    if (password == null || password.isEmpty()) {
      reader.reject("password", "contract.wrong.empty");
    } else if (reader.wrong().isEmpty()
        && !staff.confirms(person.member(), password, request.getRemoteAddr())) {
      reader.reject("password", "contract.wrong.password");
    }
    if (!reader.wrong().isEmpty()) {
      return "";
    }
    var second =
        factors.hasApp(person.member())
            ? second(person, code, reader, request)
            : person.shown().contains(Factor.PASSKEY) ? "+" + Factor.PASSKEY : "";
    return Factor.PASSWORD + second + "+REAUTHENTICATION";
  }

  /**
   * The same for whoever came by the body's ID: proved anew there, just now and for this contract;
   * and the app's code here, unless two factors were shown there. The proof is spent by it.
   */
  private String shownThere(
      SignedInStaff person, String code, FormReader reader, HttpServletRequest request) {
    var target = request.getRequestURI().substring(request.getContextPath().length());
    var held = proofs.held(request.getSession(), person, target);
    if (held.isEmpty()) {
      reader.reject("confirmed", "contract.wrong.proof");
    }
    if (!reader.wrong().isEmpty()) {
      return "";
    }
    var second =
        held.get().strong()
            ? "+" + Factor.SSO_STRONG
            : factors.hasApp(person.member())
                ? second(person, code, reader, request)
                : person.shown().contains(Factor.PASSKEY) ? "+" + Factor.PASSKEY : "";
    if (reader.wrong().isEmpty() && proofs.spend(request.getSession(), person, target).isEmpty()) {
      reader.reject("confirmed", "contract.wrong.proof");
    }
    return Factor.SSO + second + "+SSO_REAUTHENTICATION";
  }

  private String second(
      SignedInStaff person, String code, FormReader reader, HttpServletRequest request) {
    var second = factors.confirms(person.member(), code, request.getRemoteAddr());
    if (second.isEmpty()) {
      reader.reject("code", code.isBlank() ? "contract.wrong.empty" : "contract.wrong.code");
    }
    return "+" + second.map(Factor::name).orElse("");
  }
}
