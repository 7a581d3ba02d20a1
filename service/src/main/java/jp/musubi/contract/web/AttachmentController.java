package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.AttachmentName;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** One file of a contract: what it is, its pages, and what can be done with it. */
@Controller
@RequestMapping("/contracts/{id}/files/{file}")
class AttachmentController {
  private final Contracts contracts;
  private final Attachments attachments;
  private final FilesPages pages;
  private final FormKeys keys;
  private final AttachmentWords told;
  private final Words words;

  AttachmentController(
      Contracts contracts,
      Attachments attachments,
      FilesPages pages,
      FormKeys keys,
      AttachmentWords told,
      Words words) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.pages = pages;
    this.keys = keys;
    this.told = told;
    this.words = words;
  }

  /**
   * A file's page.
   *
   * @param base its path
   * @param changes whether the reader may change it now
   * @param removes whether the reader may take it away now
   * @param wrong why what was just asked was refused
   */
  record Page(
      String base,
      String name,
      List<Fact> facts,
      String sha256,
      List<ShowPage.Sheet> sheets,
      boolean changes,
      boolean removes,
      List<Field> fields,
      List<String> wrong,
      String key) {

    /** The field of that name. */
    public Field field(String field) {
      return FormPage.field(fields, field);
    }
  }

  @GetMapping
  @Needs(Act.SEE_CONTRACT)
  ModelAndView show(
      @PathVariable UUID id, @PathVariable UUID file, @CurrentStaff StaffMember reader) {
    var contract = contracts.get(new ContractId(id));
    return page(contract, find(contract, file), reader, List.of());
  }

  @PostMapping
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView change(
      @PathVariable UUID id,
      @PathVariable UUID file,
      @CurrentStaff StaffMember clerk,
      @RequestParam Attachment.Kind kind,
      @RequestParam Attachment.Role role,
      HttpServletRequest request) {
    var contract = Visitor.draft(contracts.get(new ContractId(id)));
    var outcome =
        attachments.change(
            contract.id(), file, new Attachments.Choice(kind, role), by(clerk, request));
    return answered(contract, file, outcome, clerk);
  }

  @PostMapping("/content")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView replace(
      @PathVariable UUID id,
      @PathVariable UUID file,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam(name = "upload", required = false) @Nullable MultipartFile given,
      HttpServletRequest request)
      throws IOException {
    var contract = Visitor.draft(contracts.get(new ContractId(id)));
    if (given == null || given.isEmpty()) {
      return refused(
          page(
              contract,
              find(contract, file),
              clerk,
              List.of(words.of("contract.files.wrong.NONE"))));
    }
    var upload = Files.createTempFile("musubi-upload", ".bin");
    try {
      given.transferTo(upload);
      var outcome =
          attachments.replace(
              contract.id(),
              file,
              upload,
              AttachmentName.of(given.getOriginalFilename()),
              idempotencyKey,
              by(clerk, request));
      return answered(contract, file, outcome, clerk);
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  @PostMapping("/removal")
  @Needs(Act.HANDLE_CONTRACT)
  String remove(
      @PathVariable UUID id,
      @PathVariable UUID file,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    attachments.remove(new ContractId(id), file, by(clerk, request));
    return list(id);
  }

  @PostMapping("/place")
  @Needs(Act.HANDLE_CONTRACT)
  String move(
      @PathVariable UUID id,
      @PathVariable UUID file,
      @CurrentStaff StaffMember clerk,
      @RequestParam boolean up,
      HttpServletRequest request) {
    attachments.move(new ContractId(id), file, up, by(clerk, request));
    return list(id);
  }

  private ModelAndView answered(
      Particulars contract, UUID file, Attachments.Outcome outcome, StaffMember clerk) {
    var wrong = told.reasons(outcome);
    return wrong.isEmpty()
        ? new ModelAndView(list(contract.id().value()))
        : refused(page(contract, find(contract, file), clerk, wrong));
  }

  private ModelAndView page(
      Particulars contract, Attachment attachment, StaffMember reader, List<String> wrong) {
    var path = FilesPages.path(contract);
    var clerk = pages.handles(contract, reader);
    var draft = contract.state().equals("DRAFT");
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("contract.files.kind", told.kind(attachment)));
    facts.add(Fact.of("contract.files.role", told.role(attachment)));
    facts.add(Fact.of("contract.files.size", AttachmentWords.size(attachment.bytes())));
    if (attachment.hasPages()) {
      facts.add(Fact.of("contract.files.pages", words.of("contract.pages", attachment.pages())));
    }
    facts.add(Fact.of("contract.files.added", Words.moment(attachment.addedAt())));
    var crumbs = new ArrayList<>(ShowController.crumbs(words, contract.title(), path));
    crumbs.add(new Crumb(words.of("contract.files"), path + "/files"));
    crumbs.add(new Crumb(attachment.name(), path + "/files/" + attachment.id()));
    return new ModelAndView(
            "contract/file",
            "page",
            new Page(
                path + "/files/" + attachment.id(),
                attachment.name(),
                facts,
                attachment.sha256().hex(),
                ShowPage.Sheet.of(attachment.pages()),
                clerk && draft,
                clerk && (draft || !attachment.isShown()),
                List.of(
                    told.kindField().with(attachment.kind().name()),
                    told.roleField(false).with(attachment.role().name()),
                    Field.required("upload", "contract.files.replacement")
                        .hinted("contract.files.replacement.hint")
                        .drawn(new Field.Look("file", null, null, null, null, null, null))),
                wrong,
                keys.next()))
        .addObject("crumbs", crumbs);
  }

  private Attachment find(Particulars contract, UUID file) {
    return attachments
        .of(contract.id())
        .find(file)
        .orElseThrow(() -> new NotFound("attachment " + file));
  }

  private static Attachments.By by(StaffMember clerk, HttpServletRequest request) {
    return new Attachments.By(clerk, request.getRemoteAddr());
  }

  private static String list(UUID contract) {
    return "redirect:/contracts/" + contract + "/files";
  }

  private static ModelAndView refused(ModelAndView page) {
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}
