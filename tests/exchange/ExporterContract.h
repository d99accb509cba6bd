#pragma once

#include "exchange/Exporter.h"
#include "exchange/SampleCapture.h"

#include <QTest>

namespace sockeye {

/// What every exporter must do. An exporter's test is a subclass that says which exporter it is and how to read its
/// format, and adds checks of the format itself.
class ExporterContract : public QObject
{
    Q_OBJECT

protected:
    /// The exporter's name.
    [[nodiscard]] virtual QString exporterName() const = 0;
    /// Fails the test unless the bytes are well-formed.
    virtual void verifyWellFormed(const QByteArray &out) const = 0;
    /// The payload of a message of the first connection (counted from 0, without events), read back from the export.
    [[nodiscard]] virtual QByteArray payloadOf(const QByteArray &out, int message) const = 0;
    /// What the format makes of a payload: most bring it back as it was.
    [[nodiscard]] virtual QByteArray asWritten(const QByteArray &payload) const { return payload; }

    /// Where the export says that a message is bookmarked, has the colour 2 and the note <see "this"> with, in a line
    /// of its own, a URL: <ws://h/?token=***>.
    [[nodiscard]] virtual QByteArray annotationAsWritten() const = 0;

    /// The whole export of the capture; fails the test if there is an error.
    [[nodiscard]] QByteArray exported(SampleCapture &capture, const ExportOptions &options = {}) const;
    [[nodiscard]] const Exporter &exporter() const;

private Q_SLOTS:
    void isOffered();
    void emptyCapture();
    void everyKind();
    void emptyPayloads();
    void invalidUtf8();
    void largeBinary();
    void largeText();
    void masksSecrets();
    void keepsSecrets();
    void writesNotes();
    void writesMatchesOnly();
    void tellsProgress();
    void cancelledBefore();
    void cancelledWithinManyEntries();
    void cancelledWithinAPayload();
    void cancelledWithoutMatches();
    void failingDevice_data();
    void failingDevice();
    void slowDevice();

private:
    void verifyPayload(SampleCapture &capture, Opcode opcode, const QByteArray &payload) const;
};

} // namespace sockeye
