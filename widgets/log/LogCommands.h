#pragma once

#include "base/Result.h"
#include "log/LogModel.h"
#include "widgets/log/LogDensity.h"
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

/// The commands on a log and on the entries selected in it; menus and keys call them. Each works on several entries
/// where that makes sense, and does nothing if nothing suitable is selected.
class LogCommands final : public QObject
{
    Q_OBJECT

public:
    /// How many entries can be annotated in one go, and sent again.
    static constexpr qint64 MaxAnnotated = 10'000;
    static constexpr qint64 MaxSent = 10'000;
    /// Up to so many entries are sent again without asking the user.
    static constexpr qint64 SentUnasked = 20;

    /// Hands a message to the connection; an error says why that is not possible.
    using Send = std::function<Result<>(const Outgoing &)>;

    /// The view is the parent of what is shown; filter and prompts outlive the commands.
    LogCommands(LogView *view, FilterBar *filter, Prompts &prompts);
    ~LogCommands() override;

    /// The capture whose log the view shows; null for none.
    void setCapture(LogModel *model, CaptureLoader *loader, Annotations *annotations);
    /// How to send messages, and how to learn how many data messages have been sent so far.
    void setConnection(Send send, std::function<qint64()> sentSoFar);
    /// The connection has opened, ended, or sent something.
    void connectionChanged(bool isOpen);
    [[nodiscard]] bool canSend() const { return m_isOpen; }

    /// The current entry, if its page is loaded.
    [[nodiscard]] const Entry *current() const;
    [[nodiscard]] const Annotations *annotations() const;
    [[nodiscard]] qint64 selectedCount() const;
    /// The text of the last selectionText().
    [[nodiscard]] QString selectionSummary() const { return m_summary; }
    /// Whether all selected entries are bookmarked; false if there are too many to look.
    [[nodiscard]] bool isBookmarked() const;
    /// Whether some selected entry can be sent; one that is not loaded yet counts as sendable.
    [[nodiscard]] bool isSendable() const;

    void copy(CopyFormat format);
    void setColour(int colour);
    /// Replaces the filter.
    void narrowTo(const QString &filter);
    /// Adds the term to the filter.
    void narrowBy(const QString &term);
    /// Adds the term as one more that may match.
    void widenBy(const QString &term);

    // Called by the table of actions
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
    void goToPartner();
    template<LogStep Step, bool Forward>
    void step()
    {
        goStep(Step, Forward);
    }
    void zoomIn();
    void zoomOut();
    void resetZoom();
    void chooseColumns();
    void toggleRawPreview();
    [[nodiscard]] bool hasRawPreview() const;
    void toggleDimsSame();
    [[nodiscard]] bool dimsSame() const;
    /// Raw previews have no values.
    [[nodiscard]] bool canDimSame() const { return annotations() && !hasRawPreview(); }
    template<LogDensity Density>
    void choose()
    {
        chooseDensity(Density);
    }
    [[nodiscard]] LogDensity density() const;

Q_SIGNALS:
    /// A line for the status bar.
    void statusText(const QString &text);
    /// The totals of the selection: "12 selected · 3.4 kB · 1.2 s"; empty for fewer than two entries.
    void selectionText(const QString &text);
    void failed(const QString &message);

private:
    [[nodiscard]] QList<EntryId> selectedIds(qint64 most) const;
    /// Empty if nothing or too much is selected; in the latter case statusText() says so.
    [[nodiscard]] QList<EntryId> idsToAnnotate();
    void goStep(LogStep step, bool forward);
    void chooseDensity(LogDensity density);
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
