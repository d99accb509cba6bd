#pragma once

#include "document/EntryDetails.h"
#include "widgets/inspector/InspectorPage.h"
#include "widgets/inspector/MessageComparer.h"
#include "widgets/payload/PayloadPreparer.h"
#include "widgets/payload/PayloadSaver.h"
#include "widgets/payload/PayloadText.h"
#include "widgets/payload/TextFinder.h"

class QFrame;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace sockeye {

class ByteCompareView;
class DecodedView;
class FindBar;
class FormatButton;
class InspectorContext;
class PageBar;

/// An entry's content: its text as it is, as indented JSON, what it says as a tree with its bytes, the code and reason
/// of a close, the sentence of an event.
class MessagePage final : public InspectorPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Message"); }

    explicit MessagePage(InspectorContext &context, QWidget *parent = nullptr);
    ~MessagePage() override;

    void showEntry(const EntryDetails &details) override;
    /// In a message that is text, or that was decoded.
    [[nodiscard]] bool canFind() const override;
    void find() override;

protected:
    void clear() override;

private:
    void buildBar();
    void take(const EntryDetails &details, const PreparedPayload &payload);
    void showHeadline();
    void showText();
    void updateText();
    void updateNote();
    void showProgress(int percent);
    /// Whether the text is shown in this way now.
    [[nodiscard]] bool isShown(int tab) const;
    [[nodiscard]] bool isDecodable() const;
    /// Whether it stands where the message is shown as what it says, or could be.
    [[nodiscard]] bool showsMeaning() const;
    [[nodiscard]] std::shared_ptr<const NodeTree> comparedTree() const;
    void updateCompared();
    void chooseFormat(const QString &id);
    void takeFormats();
    void compare();
    void takeCompared(const std::shared_ptr<const NodeTree> &tree, const std::optional<ComparedMessage> &other);
    void prepare(const EntryDetails &details);
    void copyAll();
    void save();

    InspectorContext &m_context;
    PageBar *m_bar;
    FormatButton *m_format = nullptr;
    CompareButton *m_compare = nullptr;
    QToolButton *m_bytes = nullptr;
    QToolButton *m_wrap = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_save = nullptr;
    QLabel *m_headline;
    QPushButton *m_showHex;
    FindBar *m_findBar;
    PayloadText *m_text;
    DecodedView *m_tree;
    /// Instead of the tree where bytes are compared.
    ByteCompareView *m_byteCompare;
    TextFinder m_finder;
    QFrame *m_noteBox;
    QLabel *m_note;
    /// Stands beside the note that the text is cut.
    QToolButton *m_saveRest = nullptr;
    QProgressBar *m_progress = nullptr;
    EntryDetails m_details;
    /// The entry that is to be shown next, or is shown.
    EntryDetails m_asked;
    PreparedPayload m_payload;
    /// The tab that the user chose last, where there is a choice.
    int m_preferred = 0;
    bool m_settingTabs = false;
    /// Whether the bytes stand below the tree, of binary messages and of text.
    bool m_showsBytes = true;
    bool m_showsTextBytes = false;
    /// What the message shown was compared with.
    std::optional<ComparedMessage> m_compared;
    bool m_isComparing = false;
    MessageComparer m_comparer;
    PayloadPreparer m_preparer;
    PayloadSaver m_saver;
};

} // namespace sockeye
