package jp.musubi.input;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 入力項目: the boxes on a draft's pages, moved by hand, by keys or by numbers; whom to ask. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/fields")
class InputController {
  private final Inputs inputs;
  private final InputRequests requests;
  private final InputPages pages;
  private final Book book;

  InputController(Inputs inputs, InputRequests requests, InputPages pages, Book book) {
    this.inputs = inputs;
    this.requests = requests;
    this.pages = pages;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@PathVariable UUID id) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    return sheet.contract().parties().isEmpty()
        ? new ModelAndView("redirect:/contracts/" + id + "/parties")
        : page(sheet, Map.of(), Map.of(), HttpStatus.OK);
  }

  /** A page with the boxes drawn into it, for who has no script. */
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(@PathVariable UUID id, @PathVariable int number) {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.noStore())
        .body(pages.framed(inputs.of(new ContractId(id)), number));
  }

  /** 「位置を保存する」: all boxes, or none if one cannot stand where it was put. */
  @PostMapping("/places")
  ModelAndView place(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    var reader = new FormReader();
    var boxes = new HashMap<UUID, InputBox>();
    for (var field : sheet.fields()) {
      var suffix = "-" + field.id();
      if (typed.containsKey("left" + suffix)) {
        boxes.put(field.id(), Placing.read(reader, typed, suffix));
      }
    }
    if (reader.wrong().isEmpty()) {
      inputs
          .place(sheet.contract().id(), boxes, InputScreens.by(clerk, sheet, request))
          .forEach((field, why) -> Placing.reject(reader, field.toString(), why));
    }
    if (!reader.wrong().isEmpty()) {
      return page(sheet, typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return done(id, "input.done.placed", flash);
  }

  @PostMapping("/{field}/removal")
  ModelAndView remove(
      @PathVariable UUID id,
      @PathVariable UUID field,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    inputs.remove(sheet.contract().id(), field, InputScreens.by(clerk, sheet, request));
    return done(id, "input.done.removed", flash);
  }

  @PostMapping("/{field}/clearing")
  ModelAndView clear(
      @PathVariable UUID id,
      @PathVariable UUID field,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    inputs.clear(sheet.contract().id(), field, InputScreens.by(clerk, sheet, request));
    return done(id, "input.done.cleared", flash);
  }

  /** 「記入を依頼する」. */
  @PostMapping("/asking")
  ModelAndView ask(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam int filler,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    if (sheet.of(filler).isEmpty()) {
      throw new jp.musubi.platform.NotFound("fields of party " + filler + " of " + id);
    }
    requests.ask(sheet.contract().id(), filler, InputScreens.by(clerk, sheet, request));
    return done(id, "input.done.asked", flash);
  }

  private static ModelAndView done(UUID id, String words, RedirectAttributes flash) {
    flash.addFlashAttribute("done", words);
    return new ModelAndView("redirect:/contracts/" + id + "/fields");
  }

  private ModelAndView page(
      InputSheet sheet, Map<String, String> typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView("input/fields", "page", pages.of(sheet, typed, wrong))
            .addObject("crumbs", InputScreens.crumbs(book, sheet, List.of()));
    page.setStatus(status);
    return page;
  }
}
