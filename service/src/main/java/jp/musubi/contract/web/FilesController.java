package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import jp.musubi.contract.Preparing;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 契約書と附属書類: the files of a contract, and the form that adds some. */
@Controller
@RequestMapping("/contracts/{id}/files")
class FilesController {
  private final Contracts contracts;
  private final Attachments attachments;
  private final Preparing preparing;
  private final FilesPages pages;
  private final AttachmentWords told;
  private final Words words;

  FilesController(
      Contracts contracts,
      Attachments attachments,
      Preparing preparing,
      FilesPages pages,
      AttachmentWords told,
      Words words) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.preparing = preparing;
    this.pages = pages;
    this.told = told;
    this.words = words;
  }

  @GetMapping
  @Needs(Act.SEE_CONTRACT)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    return page(contracts.get(new ContractId(id)), reader, List.of());
  }

  /** Several files at once. Those that are fit are kept, whatever is wrong with others. */
  @PostMapping
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView add(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam Attachment.Kind kind,
      @RequestParam Attachment.Role role,
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var contract = contracts.get(new ContractId(id));
    var given =
        files == null
            ? List.<MultipartFile>of()
            : files.stream().filter(each -> !isNone(each)).toList();
    var wrong = new ArrayList<FilesPage.Wrong>();
    if (given.isEmpty()) {
      wrong.add(
          new FilesPage.Wrong(
              words.of("contract.files.files"), List.of(words.of("contract.files.wrong.NONE"))));
    }
    var notices = new ArrayList<String>();
    for (var i = 0; i < given.size(); i++) {
      var name = AttachmentName.of(given.get(i).getOriginalFilename());
      var outcome =
          take(
              contract,
              given.get(i),
              new Attachments.Choice(kind, role),
              idempotencyKey + "-" + i,
              new Attachments.By(clerk, request.getRemoteAddr()));
      var reasons = told.reasons(outcome);
      if (!reasons.isEmpty()) {
        wrong.add(new FilesPage.Wrong(name, reasons));
      }
      told.notices(name, outcome).forEach(notices::add);
    }
    if (!wrong.isEmpty()) {
      var page = page(contract, clerk, wrong).addObject("notices", notices);
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    flash.addFlashAttribute("notices", notices);
    return new ModelAndView("redirect:/contracts/" + id + "/files");
  }

  /**
   * One file of several that a script sends one after the other: nothing, or in words why not. The
   * keys are those of {@link #add}, so that what was sent twice by either way is there once.
   */
  @PostMapping("/one")
  @Needs(Act.HANDLE_CONTRACT)
  ResponseEntity<String> one(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam Attachment.Kind kind,
      @RequestParam Attachment.Role role,
      @RequestParam MultipartFile files,
      HttpServletRequest request)
      throws IOException {
    var outcome =
        take(
            contracts.get(new ContractId(id)),
            files,
            new Attachments.Choice(kind, role),
            idempotencyKey,
            new Attachments.By(clerk, request.getRemoteAddr()));
    var reasons = told.reasons(outcome);
    return reasons.isEmpty()
        ? ResponseEntity.noContent().build()
        : ResponseEntity.unprocessableContent()
            .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
            .body(String.join(" ", reasons));
  }

  /** 「この内容で次へ」: binds the files of a draft whose parties are known. */
  @PostMapping("/settled")
  @Needs(Act.HANDLE_CONTRACT)
  String settle(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    if (draft.parties().isEmpty()) {
      return "redirect:/contracts/" + id + "/parties";
    }
    if (draft.prepared().isEmpty()) {
      preparing.prepare(draft.id());
    }
    return "redirect:/contracts/" + id + "/review";
  }

  private Attachments.Outcome take(
      Particulars contract,
      MultipartFile file,
      Attachments.Choice as,
      String key,
      Attachments.By by)
      throws IOException {
    var upload = Files.createTempFile("musubi-upload", ".bin");
    try {
      file.transferTo(upload);
      return attachments.add(
          contract.id(), upload, AttachmentName.of(file.getOriginalFilename()), as, key, by);
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  /** A browser sends a nameless part of no bytes where nothing was chosen. */
  private static boolean isNone(MultipartFile file) {
    var name = file.getOriginalFilename();
    return file.isEmpty() && (name == null || name.isEmpty());
  }

  private ModelAndView page(Particulars contract, StaffMember reader, List<FilesPage.Wrong> wrong) {
    return new ModelAndView("contract/files", "page", pages.of(contract, reader, wrong))
        .addObject(
            "crumbs", ShowController.crumbs(words, contract.title(), FilesPages.path(contract)));
  }
}
