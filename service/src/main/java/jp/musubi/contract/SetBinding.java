package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import jp.musubi.evidence.Contents;
import jp.musubi.evidence.ContentsPdf;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * 契約書一式を綴じる. One file of the document, of what is signed with it, and of the list of all that
 * belongs to it; inspected as an upload is, so that what is sealed was looked at as a whole.
 */
@Component
class SetBinding {
  private static final Logger LOG = LoggerFactory.getLogger(SetBinding.class);

  private final Vault vault;
  private final Workers workers;
  private final Organisations organisations;

  SetBinding(Vault vault, Workers workers, Organisations organisations) {
    this.vault = vault;
    this.workers = workers;
    this.organisations = organisations;
  }

  /**
   * Binds the set into {@code target}; how many pages it has.
   *
   * @param document the contract's, with what was written into it
   * @param mandates 委任状 by which its parties act: listed, and kept by the body
   * @param part of ISO 19005 that the whole claims at level B; empty for no claim
   * @throws StepRefused when the whole is more than may be sealed
   */
  int bind(
      Particulars draft,
      Path document,
      DocumentSet set,
      List<Mandates.Stated> mandates,
      OptionalInt part,
      Scratch target) {
    var open = new ArrayList<Scratch>();
    try {
      var sheaves = new ArrayList<Binder.Sheaf>();
      sheaves.add(new Binder.Sheaf(document, draft.fileName()));
      for (var each : set.signed()) {
        sheaves.add(sheaf(open, each.sha256(), each.name()));
      }
      var list = scratch(open);
      var body = Tenancy.required();
      var name = organisations.body(body).map(Body::name).orElseThrow(() -> new NotFound("body"));
      var contents = contents(name, draft, set, mandates);
      ContentsPdf.write(contents, draft.createdAt(), list.file());
      sheaves.add(new Binder.Sheaf(list.file(), ContentsPdf.title()));
      var pages = Binder.bind(sheaves, part, target.file());
      var inspection = Apart.from(() -> workers.inspect(target.file()));
      if (!inspection.acceptable() || inspection.pages() != pages) {
        LOG.atInfo()
            .addKeyValue("contract", draft.id())
            .log("a set was not bound: {}", inspection.findings());
        throw new StepRefused(new Refusal.SetNotBound(inspection.findings()));
      }
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.forEach(Scratch::close);
    }
  }

  private Binder.Sheaf sheaf(List<Scratch> open, Sha256 digest, String name) {
    var copy = scratch(open);
    return new Binder.Sheaf(vault.with(digest, copy::fill), name);
  }

  private static Scratch scratch(List<Scratch> open) {
    var next = new Scratch();
    open.add(next);
    return next;
  }

  /** What the list says. */
  static Contents contents(
      String body, Particulars draft, DocumentSet set, List<Mandates.Stated> mandates) {
    var bound = new ArrayList<Contents.Bound>();
    bound.add(new Contents.Bound("DOCUMENT", draft.fileName(), 1, set.documentPages()));
    for (var each : set.signed()) {
      var first = set.firstPage(each);
      bound.add(
          new Contents.Bound(each.kind().name(), each.name(), first, first + each.pages() - 1));
    }
    return new Contents(body, draft.number(), bound, beside(set, mandates));
  }

  /** The files of the set, and then the 委任状, each once however many act by it. */
  private static List<Contents.Beside> beside(DocumentSet set, List<Mandates.Stated> mandates) {
    return Stream.concat(
            set.references().stream()
                .map(each ->
                    new Contents.Beside(
                        each.kind().name(), each.name(), each.bytes(), each.sha256())),
            mandates.stream()
                .map(each ->
                    new Contents.Beside("MANDATE", each.file(), each.bytes(), each.sha256())))
        .distinct()
        .toList();
  }
}
