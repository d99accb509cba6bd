#pragma once

#include "base/Job.h"
#include "document/EntryDetails.h"
#include "widgets/inspector/PayloadSaver.h"
#include "widgets/inspector/PayloadText.h"

#include <QPointer>
#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;
class QToolButton;

namespace sockeye {

class CaptureLoader;
class FindingList;
class PageBar;
class PageStack;
class Prompts;

/// An entry in words: text as it is or as indented JSON, a close's code and reason, an event's sentence, and what broke
/// which rule.
class MessagePage final : public QWidget
{
    Q_OBJECT

public:
    explicit MessagePage(QWidget *parent = nullptr);
    ~MessagePage() override;

    /// Asks where to save; outlives its use.
    void setPrompts(Prompts *prompts) { m_prompts = prompts; }
    void show(CaptureLoader *loader, const EntryDetails &details);
    void showWords(const QString &text);

Q_SIGNALS:
    /// "Show in Hex" was pressed.
    void hexWanted();
    /// Something to tell in the status bar.
    void notice(const QString &text);

private:
    /// Both ways to show a text; formatted is empty for what is no JSON.
    struct Texts
    {
        PreparedText plain;
        std::optional<PreparedText> formatted;
    };
    [[nodiscard]] static Texts prepare(const QByteArray &payload, bool mayBeJson);

    void buildBar();
    void showHeadline(const EntryDetails &details);
    void showText(const EntryDetails &details);
    void takeTexts(EntryDetails details, Texts texts);
    void updateText();
    void setNote(const EntryDetails &details);
    void copyAll();
    void save();

    PageBar *m_bar;
    QToolButton *m_wrap = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_save = nullptr;
    FindingList *m_findings;
    QLabel *m_headline;
    QPushButton *m_showHex;
    PayloadText *m_text;
    QFrame *m_noteBox;
    QLabel *m_note;
    /// Beside the note that not all is shown.
    QToolButton *m_saveRest = nullptr;
    PageStack *m_stack;
    Prompts *m_prompts = nullptr;
    QPointer<CaptureLoader> m_loader;
    Entry m_entry;
    Texts m_texts;
    /// What the person prefers where there is a choice.
    bool m_prefersFormatted = true;
    bool m_settingTabs = false;
    JobRunner m_preparing;
    PayloadSaver m_saver;
};

} // namespace sockeye
