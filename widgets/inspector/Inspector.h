#pragma once

#include "base/Result.h"
#include "base/StrongId.h"
#include "widgets/controls/Findable.h"
#include "widgets/inspector/InspectorContext.h"
#include "widgets/inspector/InspectorPage.h"
#include "widgets/inspector/PageChoice.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <optional>

class QFrame;
class QTabWidget;

namespace sockeye {

class Annotations;
class InspectorReader;
class NoteStrip;

/// Shows one entry of a capture and its connection, on the pages that makeInspectorPages() lists: the message as text
/// and hex, its frames, and the connection's handshake, timing, TLS and end. Everything is read through the loader;
/// what an older choice requested is dropped when it comes late.
class Inspector final : public QWidget, public Findable
{
    Q_OBJECT

public:
    explicit Inspector(QWidget *parent = nullptr);
    ~Inspector() override;

    /// The capture to read from; null for none. The loader outlives its use.
    void setLoader(CaptureLoader *loader);
    /// What people put on the capture's entries; null for none. They may go at any time.
    void setAnnotations(Annotations *annotations);
    /// Who asks where to save a payload; null for file dialogs. Outlives its use.
    void setPrompts(Prompts *prompts);
    /// Shows the entry; EntryId() for none.
    void showEntry(EntryId id);
    /// Shows the entry because nobody has chosen one and it is the latest; the status bar does not tell of it.
    void showLatest(EntryId id);
    /// The connection that is shown while no entry is chosen; re-read each time this is called.
    void showConnection(ConnectionId id);
    /// Whether there is a connection to try again leniently; lenientWanted() follows. Not for a capture's file.
    void setLenientOffered(bool offered);

    /// As what messages are read; the user chooses on the page Message.
    [[nodiscard]] MessageFormats &formats() { return m_context.formats(); }
    /// The message that is shown, as far as it was read; payloadShown() tells of another one.
    [[nodiscard]] const QByteArray &payload() const { return m_context.payload(); }
    /// Marks what the log's filter looks for.
    void setFilterMarks(const MatchMarks &marks) { m_context.setFilterMarks(marks); }
    /// Lets the user find something in the page that is shown, or else in the first one that has something to find in.
    void find();
    void openFind() override { find(); }
    [[nodiscard]] bool canFind() const override { return findPage() != nullptr; }
    /// Brings the page with this title to the front, for the user: it stays there for what is of the kind shown now.
    void showPage(const QString &title);
    /// Gives the focus to what the page in front shows.
    void focusPage();

Q_SIGNALS:
    /// A line for the status bar: "Entry 7, 96 B", "bytes 28–36 (9)".
    void statusText(const QString &text);
    void lenientWanted();
    /// The log is to show, or to mark, what this term of its filter matches.
    void filterWanted(const QString &term);
    void markWanted(const QString &term);
    /// The number at this place of messages is to be drawn over time.
    void plotWanted(const QString &path);
    /// The log is to have a column with the field of this path of each message.
    void columnWanted(const QString &path);
    /// Everything that says as what messages are read is to be shown.
    void formatsWanted();
    void payloadShown(const QByteArray &payload);
    /// The user is done here: the focus is to go back to where the entries are chosen.
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addPages();
    [[nodiscard]] InspectorPage *findPage() const;
    /// Not for the user: it counts as no choice.
    void bringUp(QWidget *page);
    void takeChoice();
    void choosePage();
    void showNothing();
    void takeFormat(EntryId id);
    void takeEntry(const Result<EntryDetails> &details);
    void takeConnection(const Result<ConnectionDetails> &details);
    void showPlaceholder(InspectorPage::Subject subject, const QString &text);
    void showEntryStatus();
    void updateStatus();

    InspectorContext m_context;
    std::unique_ptr<InspectorReader> m_reader;
    /// The pages use the context until they are destroyed, so they go first: this is the last member that owns
    /// anything.
    std::unique_ptr<QFrame> m_panel;
    NoteStrip *m_note;
    QTabWidget *m_tabs;
    QList<InspectorPage *> m_pages;
    PageChoice m_choice;
    /// What is shown, as far as it has been read.
    std::optional<Entry> m_entry;
    /// Some format fits the entry, a binary message.
    bool m_hasFormat = false;
    std::optional<ConnectionRecord> m_connection;
    PageChoice::Kind m_kind = PageChoice::Kind::Nothing;
    bool m_isBringingUp = false;
    bool m_isLatest = false;
    /// A message that can be read has passed by, or the user chose a page: those that follow change none.
    bool m_holdsPage = false;
    QString m_entryStatus;
    QString m_selectionStatus;
};

} // namespace sockeye
