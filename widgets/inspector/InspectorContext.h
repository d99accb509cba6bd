#pragma once

#include "filter/MatchMarks.h"
#include "formats/MessageFormats.h"
#include "widgets/controls/Prompts.h"
#include "widgets/hex/HexLayout.h"

#include <QObject>
#include <QPointer>

namespace sockeye {

class CaptureLoader;

/// What the pages of one inspector have in common: the capture that they read from, the prompts that they ask with, and
/// the requests that they make of the inspector and of each other.
class InspectorContext final : public QObject
{
    Q_OBJECT

public:
    explicit InspectorContext(QObject *parent = nullptr);
    ~InspectorContext() override;

    /// Null while no capture is shown. Not owned.
    [[nodiscard]] CaptureLoader *loader() const;
    void setLoader(CaptureLoader *loader);
    /// File dialogs, unless other prompts were set.
    [[nodiscard]] Prompts &prompts() { return m_prompts ? *m_prompts : m_dialogs; }
    /// Null for file dialogs. The prompts outlive the context.
    void setPrompts(Prompts *prompts) { m_prompts = prompts; }
    /// Whether somebody can connect again where a check of the reply ended the handshake.
    [[nodiscard]] bool isLenientOffered() const { return m_lenientOffered; }
    void setLenientOffered(bool offered);
    /// What the log's filter looks for in payloads.
    [[nodiscard]] const MatchMarks &filterMarks() const { return m_filterMarks; }
    void setFilterMarks(const MatchMarks &marks);
    /// The message that is shown, as far as it was read.
    [[nodiscard]] const QByteArray &payload() const { return m_payload; }
    void setPayload(const QByteArray &payload);
    /// As what messages are read.
    [[nodiscard]] MessageFormats &formats() { return m_formats; }

Q_SIGNALS:
    void filterMarksChanged();
    void lenientOfferedChanged(bool offered);

    // Requests of the pages.
    /// A sentence for the status bar.
    void notice(const QString &text);
    /// What is selected on a page, in words for the status bar; empty for nothing.
    void selectionText(const QString &text);
    /// This message is shown.
    void payloadShown(const QByteArray &payload);
    /// A value of the message was chosen: the bytes that it is, or was made from, in the payload.
    void valueChosen(sockeye::HexRange range);
    /// A byte of the payload was chosen.
    void byteChosen(sockeye::ByteOffset byte);
    /// A binary message of which only the beginning was read turned out to be in a format.
    void formatFound(sockeye::EntryId entry);
    /// The entry's bytes are to be shown.
    void bytesWanted();
    /// The log is to show, or to mark, what this term of its filter matches.
    void filterWanted(const QString &term);
    void markWanted(const QString &term);
    /// The number at this place of messages is to be drawn over time.
    void plotWanted(const QString &path);
    /// The log is to have a column with the field of this path of each message.
    void columnWanted(const QString &path);
    /// Everything that says as what messages are read is to be shown.
    void formatsWanted();
    /// Connect again, and go on where a check fails.
    void lenientWanted();

private:
    QPointer<CaptureLoader> m_loader;
    DialogPrompts m_dialogs;
    Prompts *m_prompts = nullptr;
    bool m_lenientOffered = false;
    MatchMarks m_filterMarks;
    QByteArray m_payload;
    MessageFormats m_formats;
};

} // namespace sockeye
