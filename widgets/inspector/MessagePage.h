#pragma once

#include "base/Job.h"
#include "document/EntryDetails.h"
#include "widgets/inspector/InspectorPage.h"
#include "widgets/inspector/PayloadSaver.h"
#include "widgets/payload/PayloadText.h"
#include "widgets/payload/TextFinder.h"

class QFrame;
class QLabel;
class QPushButton;
class QToolButton;

namespace sockeye {

class FindBar;
class InspectorContext;
class PageBar;

/// An entry's content: its text as it is or as indented JSON, the code and reason of a close, the sentence of an event.
class MessagePage final : public InspectorPage
{
    Q_OBJECT

public:
    explicit MessagePage(InspectorContext &context, QWidget *parent = nullptr);
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Message"); }

    ~MessagePage() override;

    void showEntry(const EntryDetails &details) override;
    /// In a message that is text.
    [[nodiscard]] bool canFind() const override;
    void find() override;

protected:
    void clear() override;

private:
    /// Both ways to show a text; `formatted` is empty if there is no JSON in the text. `isJson`: the text is nothing
    /// else.
    struct Texts
    {
        PreparedText plain;
        std::optional<PreparedText> formatted;
        bool isJson = false;
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

    InspectorContext &m_context;
    PageBar *m_bar;
    QToolButton *m_wrap = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_save = nullptr;
    QLabel *m_headline;
    QPushButton *m_showHex;
    FindBar *m_findBar;
    PayloadText *m_text;
    TextFinder m_finder;
    QFrame *m_noteBox;
    QLabel *m_note;
    /// Stands beside the note that the text is cut.
    QToolButton *m_saveRest = nullptr;
    Entry m_entry;
    Texts m_texts;
    /// What the user chose last, where there is a choice.
    bool m_prefersFormatted = true;
    bool m_settingTabs = false;
    JobRunner m_preparing;
    PayloadSaver m_saver;
};

} // namespace sockeye
