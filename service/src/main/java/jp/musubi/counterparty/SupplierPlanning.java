package jp.musubi.counterparty;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.counterparty.SupplierPlan.Finding;
import jp.musubi.counterparty.SupplierPlan.Reason;
import jp.musubi.counterparty.SupplierPlan.Step;

/** A plan in the making: line by line, against the register and the lines before; pure. */
final class SupplierPlanning {
  private final UUID list;
  private final Likenesses known;
  private final Map<String, List<Supplier>> byNumber = new HashMap<>();
  private final Map<String, List<Supplier>> byCode = new HashMap<>();
  private final Map<String, List<Supplier>> byName = new HashMap<>();
  private final Map<UUID, Supplier.Details> said = new HashMap<>();
  private final Map<UUID, Set<String>> mails = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  SupplierPlanning(UUID list, List<Supplier> register) {
    this.list = list;
    this.known = new Likenesses(register.stream().map(SupplierPlanning::known).toList());
    register.forEach(this::index);
  }

  List<Step> steps() {
    return steps;
  }

  List<Finding> findings() {
    return findings;
  }

  void add(SupplierRow row) {
    var reading = SupplierRowReading.of(row);
    if (!reading.findings().isEmpty()) {
      findings.addAll(reading.findings());
      return;
    }
    var candidates = candidates(reading);
    if (candidates.size() > 1) {
      wrong(row, "名称", Reason.AMBIGUOUS, row.organisation());
      return;
    }
    var before = steps.size();
    var supplier =
        candidates.isEmpty() ? begin(row, reading) : change(row, reading, candidates.getFirst());
    supplier.ifPresent(of -> {
      reading.person(of).ifPresent(person -> contact(row, of, person));
      if (steps.size() == before && !said(row.line())) {
        steps.add(new Step.Nothing(row.line(), of.details().name()));
      }
    });
  }

  private boolean said(int line) {
    return findings.stream().anyMatch(finding -> finding.line() == line);
  }

  private List<Supplier> candidates(SupplierRowReading reading) {
    var named =
        reading
            .number()
            .map(number -> byNumber.getOrDefault(number.digits(), List.of()))
            .orElse(List.of());
    if (!named.isEmpty()) {
      return named;
    }
    var coded = byCode.getOrDefault(reading.row().code(), List.of());
    if (!coded.isEmpty()) {
      return coded;
    }
    // One of the same name with another number is another; the plan says that it is alike.
    return byName.getOrDefault(reading.row().organisation(), List.of()).stream()
        .filter(supplier -> reading.number().isEmpty() || supplier.details().number().isEmpty())
        .toList();
  }

  private Optional<Supplier> begin(SupplierRow row, SupplierRowReading reading) {
    var details = reading.over(new Supplier.Details("", Optional.empty(), "", "", "", ""));
    var id = UUID.nameUUIDFromBytes((list + "/" + row.line()).getBytes(StandardCharsets.UTF_8));
    var alike =
        known.of(
            new NearMiss.Typed(
                Optional.empty(),
                details.name(),
                details.number(),
                row.mail().isEmpty() ? List.of() : List.of(row.mail())));
    steps.add(new Step.NewSupplier(row.line(), id, details, alike));
    var supplier =
        new Supplier(id, details, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), List.of());
    said.put(id, details);
    index(supplier);
    return Optional.of(supplier);
  }

  /** The first line about a supplier may change it; those that follow have to agree. */
  private Optional<Supplier> change(
      SupplierRow row, SupplierRowReading reading, Supplier supplier) {
    var earlier = said.get(supplier.id());
    var after = reading.over(earlier == null ? supplier.details() : earlier);
    if (earlier != null && !after.equals(earlier)) {
      wrong(row, "名称", Reason.CONTRADICTS, row.organisation());
      return Optional.empty();
    }
    said.put(supplier.id(), after);
    if (earlier == null && !after.equals(supplier.details())) {
      steps.add(
          new Step.ChangedSupplier(
              row.line(), supplier.id(), supplier.version(), supplier.details(), after));
    }
    return Optional.of(supplier);
  }

  private void contact(SupplierRow row, Supplier of, Supplier.Person person) {
    var mail = person.mail().toLowerCase(Locale.ROOT);
    if (!mails.computeIfAbsent(of.id(), _ -> new HashSet<>()).add(mail)) {
      wrong(row, "メール", Reason.CONTACT_TWICE, row.mail());
      return;
    }
    var before =
        of.contacts().stream()
            .filter(each -> each.endedAt().isEmpty())
            .filter(each -> each.person().mail().equalsIgnoreCase(mail))
            .findFirst();
    var name = of.details().name();
    if (before.isEmpty()) {
      steps.add(new Step.NewContact(row.line(), of.id(), name, person));
    } else if (!before.get().person().equals(person)) {
      var contact = before.get();
      steps.add(
          new Step.ChangedContact(
              row.line(),
              of.id(),
              name,
              contact.id(),
              contact.version(),
              contact.person(),
              person));
    }
  }

  private void index(Supplier supplier) {
    byName.computeIfAbsent(supplier.details().name(), _ -> new ArrayList<>()).add(supplier);
    supplier
        .details()
        .number()
        .ifPresent(number ->
            byNumber.computeIfAbsent(number.digits(), _ -> new ArrayList<>()).add(supplier));
    if (!supplier.details().code().isEmpty()) {
      byCode.computeIfAbsent(supplier.details().code(), _ -> new ArrayList<>()).add(supplier);
    }
  }

  private static NearMiss.Known known(Supplier supplier) {
    return new NearMiss.Known(
        supplier.id(),
        supplier.details().name(),
        supplier.details().number(),
        supplier.contacts().stream()
            .filter(each -> each.endedAt().isEmpty())
            .map(each -> each.person().mail())
            .toList());
  }

  private void wrong(SupplierRow row, String field, Reason reason, String value) {
    findings.add(new Finding(row.line(), field, reason, value));
  }
}
