package jp.musubi.counterparty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 一括登録の計画. What a list would do to the register as it is, and what is wrong with its lines; pure.
 *
 * @param steps in the order of the lines; lines that are wrong have none
 * @param findings what keeps the list from taking effect
 */
public record SupplierPlan(List<Step> steps, List<Finding> findings) {

  /** Keeps its own copies. */
  public SupplierPlan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /** What one line does. */
  public sealed interface Step {
    /** The line. */
    int line();

    /** Which supplier it is about. */
    String name();

    /**
     * A supplier is registered.
     *
     * @param alike of those registered: to be looked at before the list takes effect
     */
    record NewSupplier(int line, UUID id, Supplier.Details details, List<NearMiss> alike)
        implements Step {
      /** Keeps its own copy. */
      public NewSupplier {
        alike = List.copyOf(alike);
      }

      @Override
      public String name() {
        return details.name();
      }
    }

    /** What is registered of a supplier changes. */
    record ChangedSupplier(
        int line, UUID id, int version, Supplier.Details before, Supplier.Details after)
        implements Step {
      @Override
      public String name() {
        return after.name();
      }
    }

    /** Somebody is added who acts for a supplier. */
    record NewContact(int line, UUID supplier, String name, Supplier.Person person)
        implements Step {}

    /** What is registered of a contact changes. */
    record ChangedContact(
        int line,
        UUID supplier,
        String name,
        UUID contact,
        int version,
        Supplier.Person before,
        Supplier.Person after)
        implements Step {}

    /** All is registered as it stands there. */
    record Nothing(int line, String name) implements Step {}
  }

  /**
   * What is wrong with a line.
   *
   * @param field heading of the column
   * @param value what stood there
   */
  public record Finding(int line, String field, Reason reason, String value) {}

  /** Why a line cannot take effect; the words are {@code supplier.list.reason.} + name. */
  public enum Reason {
    /** Another number of cells than the heading has. */
    COLUMNS,
    /** The supplier has no name. */
    NAME_MISSING,
    /** Invisible characters, or too many. */
    TEXT_UNFIT,
    /** No 法人番号. */
    NUMBER_UNFIT,
    /** Several suppliers of the register could be meant. */
    AMBIGUOUS,
    /** Two lines say different things of one supplier. */
    CONTRADICTS,
    /** A mail address without a person. */
    PERSON_MISSING,
    /** A person without a mail address. */
    MAIL_MISSING,
    /** No mail address. */
    MAIL_UNFIT,
    /** 立場 is none of the three. */
    CAPACITY_UNKNOWN,
    /** No day. */
    UNTIL_UNFIT,
    /** The list names the contact of a supplier twice. */
    CONTACT_TWICE
  }

  /** By what a person's look at this plan is known again. */
  public Sha256 digest() {
    return Sha256.of(steps.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Works out what a list does.
   *
   * @param list whose lines give new suppliers their keys, so that the same list makes the same
   *     plan
   * @param register the live suppliers
   */
  public static SupplierPlan of(
      UUID list, List<SupplierRow> rows, List<Finding> unreadable, List<Supplier> register) {
    var planning = new SupplierPlanning(list, register);
    rows.forEach(planning::add);
    var findings = new ArrayList<>(unreadable);
    findings.addAll(planning.findings());
    findings.sort(Comparator.comparingInt(Finding::line));
    return new SupplierPlan(planning.steps(), findings);
  }
}
