# Writes each schema of a folder as a C string, which HEADER declares:
#   cmake -D FOLDER=src/app/schemas -D HEADER=app/schema.h -D OUT=schemas.c -P embed.cmake
file(GLOB schemas "${FOLDER}/*.json" "${FOLDER}/*.yaml")
set(text "/* Generated from the schemas beside ${HEADER}. */\n#include \"${HEADER}\"\n")
foreach(schema IN LISTS schemas)
  get_filename_component(name "${schema}" NAME_WE)
  file(READ "${schema}" bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
         "\\1\n" bytes "${bytes}")
  string(APPEND text "\nconst char schema_${name}[] = {\n${bytes}0};\n")
endforeach()
file(WRITE "${OUT}" "${text}")
