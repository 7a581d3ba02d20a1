package jp.musubi.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Role;
import jp.musubi.authority.Target;
import jp.musubi.contract.DraftBatch;
import jp.musubi.contract.Intake;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.evidence.DocumentFonts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.NotPermitted;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.appearance.Filling;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** ひな形を整える. Who may see one may fill lists into it; who keeps its section may change it. */
@Service
@Transactional
class Templates {
  private final TemplateStore store;
  private final Intake intake;
  private final Vault vault;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  Templates(
      TemplateStore store,
      Intake intake,
      Vault vault,
      Organisations organisations,
      AuditTrail audit,
      Clock clock) {
    this.store = store;
    this.intake = intake;
    this.vault = vault;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** Why a step was not taken; the words are {@code bulk.template.refusal.} + name. */
  enum Refusal {
    /** A list was filled into it, or it is not offered any more. */
    STAYS,
    /** The box does not lie on the page. */
    OUTSIDE,
    /** More boxes than a form has. */
    TOO_MANY
  }

  /** What somebody may use: the body's, their section's and those above, and what they keep. */
  @Transactional(readOnly = true)
  public List<Template> usable(StaffMember by) {
    return store.all().stream().filter(template -> sees(by, template)).toList();
  }

  /**
   * One of them.
   *
   * @throws NotFound when to this person there is no such thing
   */
  @Transactional(readOnly = true)
  public Template get(UUID id, StaffMember by) {
    return store
        .find(id, false)
        .filter(template -> sees(by, template))
        .orElseThrow(() -> new NotFound("template " + id));
  }

  /** Whether the person may change it. */
  boolean keeps(StaffMember by, Template template) {
    return keeps(by, template.section());
  }

  /** Whether the person may keep forms of that section, or of the whole body. */
  boolean keeps(StaffMember by, Optional<UUID> section) {
    var reach = Authorisation.reach(by, Act.KEEP_TEMPLATES);
    return section
        .map(id -> reach.covers(new Target(organisations.pathOf(id), Set.of())))
        .orElseGet(() -> by.may(Role.BODY_ADMIN));
  }

  /** Takes a new form in, as a contract's document is taken in. */
  @Transactional(propagation = org.springframework.transaction.annotation.Propagation.NEVER)
  public Intake.Keeping<UUID> take(
      Path upload, String fileName, Template like, StaffMember by, String clientIp) {
    if (!keeps(by, like.section())) {
      throw new NotPermitted("a form of that section");
    }
    return intake.keep(
        upload,
        fileName,
        document -> {
          var template =
              new Template(
                  like.id(),
                  like.name(),
                  like.kind(),
                  like.section(),
                  like.renews(),
                  like.councilVote(),
                  document,
                  Optional.empty(),
                  Optional.empty(),
                  like.fields());
          store.insert(template, by.id(), clock.instant());
          record(by, "template.made", template, clientIp);
          return template.id();
        });
  }

  /** Puts a box there, in the place of another if there was one. */
  public Optional<Refusal> put(
      UUID id, MergeField field, Optional<UUID> instead, StaffMember by, String clientIp) {
    var template = kept(id, by);
    if (!template.mayChange()) {
      return Optional.of(Refusal.STAYS);
    }
    if (template.fields().size() >= Template.MOST_FIELDS && instead.isEmpty()) {
      return Optional.of(Refusal.TOO_MANY);
    }
    if (!vault.with(template.file(), file -> outside(file, field)).isEmpty()) {
      return Optional.of(Refusal.OUTSIDE);
    }
    instead.ifPresent(old -> store.remove(id, template.field(old).id()));
    store.insert(id, field);
    record(by, "template.field-put", template, clientIp);
    return Optional.empty();
  }

  /** Takes a box away. */
  public Optional<Refusal> remove(UUID id, UUID field, StaffMember by, String clientIp) {
    var template = kept(id, by);
    if (!template.mayChange()) {
      return Optional.of(Refusal.STAYS);
    }
    store.remove(id, template.field(field).id());
    record(by, "template.field-removed", template, clientIp);
    return Optional.empty();
  }

  /** From now on it is not offered any more. */
  public void retire(UUID id, StaffMember by, String clientIp) {
    var template = kept(id, by);
    store.retired(id, clock.instant());
    record(by, "template.retired", template, clientIp);
  }

  /** 写し: the same file and boxes, to be changed and to take the place of the one that stays. */
  public UUID copy(UUID id, StaffMember by, String clientIp) {
    var old = kept(id, by);
    var copy =
        new Template(
            UUID.randomUUID(),
            old.name(),
            old.kind(),
            old.section(),
            old.renews(),
            old.councilVote(),
            old.document(),
            Optional.empty(),
            Optional.empty(),
            old.fields().stream().map(Templates::anew).toList());
    store.insert(copy, by.id(), clock.instant());
    record(by, "template.copied", copy, clientIp);
    return copy.id();
  }

  /** The form, opened to fill texts into it: parsed once, for any number of copies. */
  @Transactional(readOnly = true)
  public Filling open(Template template) {
    return vault.with(
        template.file(),
        file -> {
          try {
            return new Filling(
                file,
                template.blanks(),
                DraftBatch.fields().stream().map(SignatureField::new).toList(),
                DocumentFonts.regular());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Template kept(UUID id, StaffMember by) {
    var template =
        store
            .find(id, true)
            .filter(each -> sees(by, each))
            .orElseThrow(() -> new NotFound("template " + id));
    if (!keeps(by, template)) {
      throw new NotPermitted("template " + id);
    }
    return template;
  }

  private boolean sees(StaffMember by, Template template) {
    return template.section().isEmpty()
        || organisations.pathOf(by.sectionId()).contains(template.section().get())
        || keeps(by, template);
  }

  private static List<String> outside(Path file, MergeField field) {
    try {
      return Filling.outside(file, List.of(field.blank()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MergeField anew(MergeField field) {
    return new MergeField(
        UUID.randomUUID(),
        field.name(),
        field.type(),
        field.mandatory(),
        field.most(),
        field.page(),
        field.left(),
        field.top(),
        field.width(),
        field.height(),
        field.size());
  }

  private void record(StaffMember by, String action, Template template, String clientIp) {
    audit.record(
        by.actor(),
        action,
        null,
        clientIp,
        Map.of("template", template.id().toString(), "name", template.name()));
  }
}
