#pragma once

#include "base/Result.h"
#include "log/LogModel.h"
#include "wire/Outgoing.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace sockeye {

class Annotations;
class CaptureLoader;
class FilterBar;
class LogView;
class Prompts;
class Resender;

/// What can be done with a log and with the entries chosen in it; menus and keys call it. Everything works on several
/// entries where that makes sense, and does nothing where there is nothing to do it with.
class LogCommands final : public QObject
{
    Q_OBJECT

public:
    /// How many entries can be annotated in one go, and sent again.
    static constexpr qint64 MaxAnnotated = 10'000;
    static constexpr qint64 MaxSent = 10'000;
    /// Up to so many are sent again without asking.
    static constexpr qint64 SentUnasked = 20;

    /// Hands a message to the connection; an error says why that is not possible.
    using Send = std::function<Result<>(const Outgoing &)>;

    /// The view is the parent of what is shown; filter and prompts outlive the commands.
    LogCommands(LogView *view, FilterBar *filter, Prompts &prompts);
    ~LogCommands() override;

    /// The capture whose log the view shows; all null for none.
    void setCapture(LogModel *model, CaptureLoader *loader, Annotations *annotations);
    /// How to send, and how many data messages have been sent so far.
    void setConnection(Send send, std::function<qint64()> sentSoFar);
    /// Whether the connection is open, or something was sent.
    void connectionChanged(bool isOpen);
    [[nodiscard]] bool canSend() const { return m_isOpen; }

    /// The entry that has the keyboard, if its page is here.
    [[nodiscard]] const Entry *current() const;
    [[nodiscard]] const Annotations *annotations() const;
    [[nodiscard]] qint64 selectedCount() const;
    /// What selectionText() said last.
    [[nodiscard]] QString selectionSummary() const { return m_summary; }
    /// Whether all that is selected is bookmarked; of a selection that is too long to say, no.
    [[nodiscard]] bool isBookmarked() const;
    /// Whether something of what is selected can be sent; of what is not read yet, yes.
    [[nodiscard]] bool isSendable() const;

    void copy(CopyFormat format);
    void setColour(int colour);
    /// The filter becomes this.
    void narrowTo(const QString &filter);
    /// The filter becomes what it was, and this.
    void narrowBy(const QString &term);

    // As the table of actions calls them
    void copyRows() { copy(CopyFormat::Rows); }
    void copyText() { copy(CopyFormat::Text); }
    void copyHex() { copy(CopyFormat::Hex); }
    void copyJsonLines() { copy(CopyFormat::JsonLines); }
    void copyMarkdown() { copy(CopyFormat::Markdown); }
    void toggleBookmark();
    template<int Colour>
    void colour()
    {
        setColour(Colour);
    }
    void editNote();
    void measureFromHere();
    void sendAgain();
    void goTo();
    template<LogModel::Step Step, bool Forward>
    void step()
    {
        goStep(Step, Forward);
    }
    void zoomIn();
    void zoomOut();
    void resetZoom();
    void chooseColumns();

Q_SIGNALS:
    /// A line for the status bar.
    void statusText(const QString &text);
    /// What is selected in sum: "12 selected · 3.4 kB · 1.2 s"; empty for fewer than two entries.
    void selectionText(const QString &text);
    void failed(const QString &message);

private:
    [[nodiscard]] QList<EntryId> selectedIds(qint64 most) const;
    /// Empty, and said why, if nothing or too much is selected.
    [[nodiscard]] QList<EntryId> idsToAnnotate();
    void goStep(LogModel::Step step, bool forward);
    void goToTime(Timestamp time);
    void sumUp();
    void startSending(const QList<EntryId> &ids);

    LogView *m_view;
    FilterBar *m_filter;
    Prompts &m_prompts;
    QPointer<LogModel> m_model;
    QPointer<CaptureLoader> m_loader;
    QPointer<Annotations> m_annotations;
    Send m_send;
    std::function<qint64()> m_sentSoFar;
    std::unique_ptr<Resender> m_resender;
    bool m_isOpen = false;
    QString m_summary;
};

} // namespace sockeye
