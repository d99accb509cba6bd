#include "protocols/OcppDecoder.h"

#include "encodings/JsonTexts.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Numbers of OCPP-J: 2 to 4 in all versions, 5 and 6 since 2.1.
struct OcppType
{
    int code = 0;
    QStringView name;
    std::vector<QStringView> fields;
    /// What each is: s a string, o an object.
    QByteArrayView kinds;
};

const std::array<OcppType, 5> &ocppTypes()
{
    static const std::array<OcppType, 5> types{{
        {2, u"CALL", {u"messageId", u"action", u"payload"}, "sso"},
        {3, u"CALLRESULT", {u"messageId", u"payload"}, "so"},
        {4, u"CALLERROR", {u"messageId", u"errorCode", u"errorDescription", u"errorDetails"}, "ssso"},
        {5, u"CALLRESULTERROR", {u"messageId", u"errorCode", u"errorDescription", u"errorDetails"}, "ssso"},
        {6, u"SEND", {u"messageId", u"action", u"payload"}, "sso"},
    }};
    return types;
}

const OcppType *ocppType(int code)
{
    const auto found = std::ranges::find(ocppTypes(), code, &OcppType::code);
    return found == ocppTypes().end() ? nullptr : &*found;
}

/// Those that most connections begin with and are made of, of 1.6 and 2.
bool isOcppAction(QByteArrayView action)
{
    return isOneOf(action, {"Authorize",
                            "BootNotification",
                            "CancelReservation",
                            "CertificateSigned",
                            "ChangeAvailability",
                            "ChangeConfiguration",
                            "ClearCache",
                            "ClearChargingProfile",
                            "ClearDisplayMessage",
                            "ClearVariableMonitoring",
                            "ClearedChargingLimit",
                            "CostUpdated",
                            "CustomerInformation",
                            "DataTransfer",
                            "DeleteCertificate",
                            "DiagnosticsStatusNotification",
                            "ExtendedTriggerMessage",
                            "FirmwareStatusNotification",
                            "Get15118EVCertificate",
                            "GetBaseReport",
                            "GetCertificateStatus",
                            "GetChargingProfiles",
                            "GetCompositeSchedule",
                            "GetConfiguration",
                            "GetDiagnostics",
                            "GetDisplayMessages",
                            "GetInstalledCertificateIds",
                            "GetLocalListVersion",
                            "GetLog",
                            "GetMonitoringReport",
                            "GetReport",
                            "GetTransactionStatus",
                            "GetVariables",
                            "Heartbeat",
                            "InstallCertificate",
                            "LogStatusNotification",
                            "MeterValues",
                            "NotifyChargingLimit",
                            "NotifyCustomerInformation",
                            "NotifyDisplayMessages",
                            "NotifyEVChargingNeeds",
                            "NotifyEVChargingSchedule",
                            "NotifyEvent",
                            "NotifyMonitoringReport",
                            "NotifyPeriodicEventStream",
                            "NotifyReport",
                            "PublishFirmware",
                            "PublishFirmwareStatusNotification",
                            "RemoteStartTransaction",
                            "RemoteStopTransaction",
                            "ReportChargingProfiles",
                            "RequestStartTransaction",
                            "RequestStopTransaction",
                            "ReservationStatusUpdate",
                            "ReserveNow",
                            "Reset",
                            "SecurityEventNotification",
                            "SendLocalList",
                            "SetChargingProfile",
                            "SetDisplayMessage",
                            "SetMonitoringBase",
                            "SetMonitoringLevel",
                            "SetNetworkProfile",
                            "SetVariableMonitoring",
                            "SetVariables",
                            "SignCertificate",
                            "SignedFirmwareStatusNotification",
                            "SignedUpdateFirmware",
                            "StartTransaction",
                            "StatusNotification",
                            "StopTransaction",
                            "TransactionEvent",
                            "TriggerMessage",
                            "UnlockConnector",
                            "UnpublishFirmware",
                            "UpdateFirmware"});
}

/// With the two that 1.6 spells otherwise than 2.
bool isOcppError(QByteArrayView code)
{
    return isOneOf(code, {"NotImplemented", "NotSupported", "InternalError", "ProtocolError", "SecurityError",
                          "FormationViolation", "FormatViolation", "PropertyConstraintViolation",
                          "OccurenceConstraintViolation", "OccurrenceConstraintViolation", "TypeConstraintViolation",
                          "GenericError", "MessageTypeNotSupported", "RpcFrameworkError"});
}

} // namespace

Certainty OcppDecoder::probe(const DecodeInput &input) const
{
    if (!input.payload.startsWith('['))
        return Certainty::None;
    if (input.subprotocol.startsWith("ocpp1."_L1) || input.subprotocol.startsWith("ocpp2."_L1))
        return Certainty::Sure;
    const JsonShape shape(input.payload);
    const OcppType *type = shape.fits() && shape.size() > 1 ? ocppType(shape.at(0).number()) : nullptr;
    if (!type || shape.size() - 1 != type->kinds.size())
        return Certainty::None;
    for (qsizetype i = 0; i < type->kinds.size(); ++i) {
        const Node::Kind kind = type->kinds[i] == 's' ? Node::Kind::String : Node::Kind::Object;
        if (shape.at(i + 1).kind != kind)
            return Certainty::None;
    }
    const QByteArrayView word = shape.at(2).string();
    return isOcppAction(word) || isOcppError(word) ? Certainty::Sure : likelyIn(input);
}

void OcppDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    addJsonMessages(builder, input.payload, [&builder](const JsonView &root) {
        const JsonView code = root.element(0);
        const OcppType *type = root.isArray() ? ocppType(code.number()) : nullptr;
        if (!type)
            return QString();
        builder.labelAt(code.index(), u"messageTypeId");
        builder.noteAt(code.index(), type->name);
        QString line = type->name.toString();
        QString id;
        QByteArray key;
        QByteArray action;
        size_t i = 0;
        for (JsonView field = code.next(); field.exists() && i < type->fields.size(); field = field.next(), ++i) {
            const QStringView name = type->fields[i];
            builder.labelAt(field.index(), name);
            if (name == "messageId"_L1)
                key = field.text().toUtf8();
            else if (name == "action"_L1)
                action = field.text().toUtf8();
            if (name == "messageId"_L1)
                id = u"id "_s + field.text().left(36);
            else if (!field.isObject() || field.count() > 0)
                line += u' ' + field.brief();
        }
        using Role = MessageFacts::Exchange::Role;
        builder.setMessage(type->name.toUtf8(), action);
        if (type->code == 2)
            builder.addExchange(Role::Asks, key, action);
        else if (type->code == 3 || type->code == 4)
            builder.addExchange(type->code == 3 ? Role::Answers : Role::Fails, key);
        return joinedSummary({line, id});
    });
}

} // namespace sockeye
